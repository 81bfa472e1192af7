/** A part of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

export const text: Json = { type: "string" };
export const whole: Json = { type: "integer" };
export const isSo: Json = { type: "boolean" };
export const yesNo: Json = { enum: ["yes", "no"] };
/** A moment as answers tell it. */
export const at: Json = { type: "integer", description: "UTC milliseconds" };
export const atOrNull: Json = { type: ["integer", "null"], description: "UTC milliseconds" };
/** A moment as somebody asks for it. */
export const moment: Json = {
  oneOf: [whole, { ...text, format: "date-time" }],
  description: "UTC milliseconds, or a moment with a zone",
};
export const month: Json = {
  ...text,
  pattern: "^[0-9]{4}-[0-9]{2}$",
  description: "A month of Korea that is over",
};
export const words: Json = object({ ko: text, en: text });

export function list(items: Json): Json {
  return { type: "array", items };
}

export function object(properties: Json): Json {
  return { type: "object", properties };
}

export function orNull(type: string): Json {
  return { type: [type, "null"] };
}

export function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

/** The same schema for each name. */
export function each(names: readonly string[], schema: Json): Json {
  return Object.fromEntries(names.map((name) => [name, schema]));
}
