import { undeclarable } from "../schema/error.ts";

/** An object of JSON; what its members are is read one by one. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Follows a reference inside the document (RFC 6901).
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where it leads out of the document, or nowhere
 */
export function resolve(document: object, ref: unknown, path: string): unknown {
  const seen = `refers to ${JSON.stringify(ref)?.slice(0, 200)}`;
  if (typeof ref !== "string" || !/^#(?:\/|$)/.test(ref))
    throw undeclarable(path, `${seen}, outside the document`, 'bundle it: write "$ref": "#/$defs/..."');
  let at: unknown = document;
  for (const token of ref.split("/").slice(1)) {
    const key = decode(token);
    at = typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
  }
  if (at === undefined) throw undeclarable(path, `${seen}, where nothing is`, "correct it");
  return at;
}

/** The last word of a reference, which names what it leads to. */
export function nameOfRef(ref: string): string {
  return decode(ref.slice(ref.lastIndexOf("/") + 1));
}

function decode(token: string): string {
  const plain = /%(?![\dA-Fa-f]{2})/.test(token) ? token : decodePercent(token);
  return plain.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Percent signs that are no UTF-8 stay as they are. */
function decodePercent(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
