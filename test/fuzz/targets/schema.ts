import {
  type AnswerShape,
  type AnswerWriter,
  compileAnswer,
  open,
  pii,
  type RecordRules,
  type Shape,
  schema,
  union,
} from "@garim/masking";
import { fromJsonSchema } from "@garim/masking/json-schema";
import { type Disclosure, isGarimError, PII_KINDS, type PiiKind } from "@garim/policy";
import fc from "fast-check";
import type { Target } from "../target.ts";

const rules: RecordRules = { seller: () => "s", subjects: () => [], state: () => ({}) };
const MASKED: Disclosure = {
  kind: "mask",
  clear: 0,
  reason: "purpose-ended",
  until: null,
  remedy: null,
  source: "pipa/17",
  obligations: [],
};

/** What stands in personal fields, and must never be written whole. */
const CANARY = "Zqcanary9173Wqbird";

/** A company's name is no person's, and is not masked. */
const SHOWN = "pii:company";

const name = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "constructor",
    "toString",
    "__proto__",
    "_masked",
    "node",
    "이름",
    '"',
    "\u2028",
    "1",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const leaf = fc.oneof(
  fc.constant("open"),
  fc.constantFrom(...PII_KINDS).map((kind) => `pii:${kind}`),
  fc.constantFrom(
    null,
    1,
    true,
    "pii:nobody",
    [],
    [1, 2],
    { node: "pii" },
    { node: "open" },
    { node: "union" },
  ),
);
const { shape } = fc.letrec((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie("shape").map((item) => [item]),
    fc.dictionary(name, tie("shape"), { maxKeys: 4 }),
    fc.dictionary(name, tie("shape"), { maxKeys: 3 }).map((variants) => ({ "|": variants })),
  ),
}));
const document = fc.jsonValue({ maxDepth: 4 });

interface Drawn {
  readonly shape: unknown;
  readonly value: unknown;
}

/** Schemas as a host writes them, or their JSON Schema; whatever they are, and whatever value comes. */
export const SCHEMA: Target = {
  name: "schema",
  inputs: fc.record({
    shape: fc.oneof(fc.dictionary(name, shape, { maxKeys: 5 }), shape, document),
    value: document,
  }),
  check(input) {
    const drawn = (typeof input === "object" && input !== null ? input : {}) as Drawn;
    orRefusal("ERR_GARIM_SCHEMA_INVALID", () => fromJsonSchema(drawn.shape as never, rules, { name: "r" }));
    const writers = orRefusal("ERR_GARIM_SCHEMA_INVALID", () => compileBoth(drawn.shape));
    if (writers === undefined) return;
    for (const value of [[drawn.value], [sampleOf(drawn.shape)]]) checkWriters(writers, value);
  },
};

function compileBoth(drawn: unknown): readonly AnswerWriter[] {
  const shape: AnswerShape = [schema("r", toNode(drawn) as Shape, rules)];
  return [true, false].map((codeGeneration) => compileAnswer(shape, { codeGeneration }));
}

/** Both back ends write the same, or refuse alike; it is JSON, and holds no canary. */
function checkWriters(writers: readonly AnswerWriter[], value: unknown): void {
  const texts = writers.map((writer) =>
    orRefusal("ERR_GARIM_ANSWER_", () => {
      const found = writer.find(value);
      return Buffer.from(
        writer.write(
          value,
          found,
          found.map(() => MASKED),
        ),
      ).toString("utf8");
    }),
  );
  const [one, other] = texts;
  if (one !== other) throw new Error("the two back ends differ");
  if (one === undefined) return;
  JSON.parse(one);
  if (one.includes(CANARY)) throw new Error("a masked field was written");
}

function orRefusal<T>(code: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isGarimError(error) && error.code.startsWith(code)) return undefined;
    throw error;
  }
}

function toNode(drawn: unknown): unknown {
  if (drawn === "open") return open();
  if (typeof drawn === "string" && drawn.startsWith("pii:")) {
    const kind = drawn.slice(4) as PiiKind;
    return Object.hasOwn(pii, kind) ? pii[kind]() : drawn;
  }
  if (Array.isArray(drawn)) return drawn.map(toNode);
  if (typeof drawn !== "object" || drawn === null) return drawn;
  const members = drawn as Readonly<Record<string, unknown>>;
  return Object.keys(members).length === 1 && "|" in members
    ? union("t", toNode(members["|"]) as Readonly<Record<string, Shape>>)
    : Object.fromEntries(Object.entries(members).map(([key, one]) => [key, toNode(one)]));
}

/** A value of a shape, with the canary in every personal field. */
function sampleOf(drawn: unknown): unknown {
  if (Array.isArray(drawn)) return drawn.map(sampleOf);
  if (typeof drawn === "string") return drawn.startsWith("pii:") && drawn !== SHOWN ? CANARY : drawn;
  if (typeof drawn !== "object" || drawn === null) return drawn;
  const members = drawn as Readonly<Record<string, unknown>>;
  const [[text, variant] = []] = Object.entries((members["|"] ?? {}) as object);
  if (Object.keys(members).length === 1 && text !== undefined)
    return { ...(sampleOf(variant) as object), t: text };
  return Object.fromEntries(Object.entries(members).map(([key, one]) => [key, sampleOf(one)]));
}
