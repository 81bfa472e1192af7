import { ALL_KINDS, type Disclosure, type KindSet, PII_KINDS, type PiiKind } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mask } from "../mask.ts";
import { type Node, open, pii, type RecordRules, type Shape, schema } from "../schema/schema.ts";
import { type Union, union } from "../schema/union.ts";
import { compileAnswer } from "./answer.ts";

const rules: RecordRules = { seller: () => "s", subjects: () => [], state: () => ({}) };
const common = { source: "pipa/17", obligations: [] } as const;
const reveal = (clear: KindSet): Disclosure => ({
  kind: "reveal",
  clear,
  reason: "purpose-open",
  restReason: "role-lacks-field",
  until: null,
  ...common,
});
const masked: Disclosure = {
  kind: "mask",
  clear: 0,
  reason: "purpose-ended",
  until: null,
  remedy: null,
  ...common,
};

const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.stringMatching(/^[가-힣 ]{0,9}$/),
  fc.constantFrom("\ud800", "a\udc00b", '"\\/\b\f\n\r\t\u0000\u2028\u007f', "😀\ud83d"),
);
const scalar = fc.oneof(
  anyText,
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 2 ** 31, -(2 ** 31), 1e21, 5e-324, Number.NaN, Number.POSITIVE_INFINITY),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: false }),
);
const key = fc
  .oneof(
    fc.constantFrom("a", "buyer", "constructor", "toString", "이름", '"', "\u2028", "1", "\ud800"),
    fc.string({ minLength: 1, unit: "binary" }),
  )
  .filter((it) => it !== "__proto__" && it !== "_masked");

interface Drawn {
  readonly node: Node;
  readonly value: unknown;
}

/** A declared member together with a value of its shape. */
const { drawn } = fc.letrec<{ drawn: Drawn }>((tie) => ({
  drawn: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar.map((value) => ({ node: open(), value })),
    fc
      .record({ kind: fc.constantFrom(...PII_KINDS), value: scalar })
      .map(({ kind, value }) => ({ node: pii[kind](), value })),
    fc.array(scalar).map((value) => ({ node: [open()] as const, value })),
    fc.dictionary(key, tie("drawn") as fc.Arbitrary<Drawn>, { maxKeys: 5 }).map((members) => ({
      node: Object.fromEntries(Object.entries(members).map(([name, it]) => [name, it.node])) as Shape,
      value: Object.fromEntries(Object.entries(members).map(([name, it]) => [name, it.value])),
    })),
    fc
      .record({
        tag: key.filter((name) => !/^\d/.test(name)),
        tagged: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, scalar),
        variants: fc.dictionary(
          anyText,
          fc.dictionary(key, tie("drawn") as fc.Arbitrary<Drawn>, { maxKeys: 4 }),
          {
            minKeys: 1,
            maxKeys: 3,
          },
        ),
      })
      .map(drawUnion),
  ),
}));

interface DrawnUnion {
  readonly tag: string;
  /** What the tag is, if not the first variant's text. */
  readonly tagged: unknown;
  readonly variants: Readonly<Record<string, Readonly<Record<string, Drawn>>>>;
}

/** A union with an object of its first variant, or of none. `JSON.stringify` would move a number's name before the tag. */
function drawUnion({ tag, tagged, variants }: DrawnUnion): Drawn {
  const drawn = Object.entries(variants).map(([text, members]) => {
    const others = Object.entries(members).filter(([name]) => name !== tag && !/^\d/.test(name));
    return { text, others };
  });
  const shapes = drawn.map(({ text, others }) => [
    text,
    Object.fromEntries(others.map(([name, it]) => [name, it.node])),
  ]);
  const texts = new Set<unknown>(drawn.map((variant) => variant.text));
  const { text, others } = drawn[0] ?? { text: "", others: [] };
  const value = Object.fromEntries(others.map(([name, it]) => [name, it.value]));
  return {
    node: union(tag, Object.fromEntries(shapes)),
    // Never another variant's text: the members are the first one's, and what is no scalar is not written in an open field.
    value: { ...value, [tag]: tagged === undefined || texts.has(tagged) ? text : tagged },
  };
}

const isUnion = (node: Node): node is Union => (node as { node?: unknown }).node === "union";

const isShape = (node: Node): node is Shape =>
  !Array.isArray(node) && typeof (node as { node?: unknown }).node !== "string";

/** The plain way to the same answer: project, mask, leave the bytes to `JSON.stringify`. */
function project(node: Node, value: unknown, clear: KindSet): unknown {
  if (value === null || value === undefined) return value;
  if (isUnion(node)) return projectUnion(node, value as Record<string, unknown>, clear);
  if (isShape(node))
    return Object.fromEntries(
      Object.entries(node).map(([name, it]) => [
        name,
        project(it, Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined, clear),
      ]),
    );
  const leaf = node as { readonly kind?: PiiKind };
  const isHidden = leaf.kind !== undefined && (clear & (1 << PII_KINDS.indexOf(leaf.kind))) === 0;
  return isHidden && leaf.kind !== undefined ? mask(leaf.kind, value) : value;
}

function projectUnion({ tag, variants }: Union, value: Record<string, unknown>, clear: KindSet): unknown {
  const text = value[tag];
  const shape = typeof text === "string" && Object.hasOwn(variants, text) ? variants[text] : undefined;
  return shape === undefined ? null : { [tag]: text, ...(project(shape, value, clear) as object) };
}

const record = fc.dictionary(key, drawn, { minKeys: 1, maxKeys: 8 });

describe.each([
  ["generated code", true],
  ["closures", false],
])("compileAnswer with %s", (_, codeGeneration) => {
  it("writes the bytes of JSON.stringify of the declared projection, for any value [L2]", () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 0, max: ALL_KINDS }), (members, clear) => {
        const shape = Object.fromEntries(Object.entries(members).map(([name, it]) => [name, it.node]));
        const value = Object.fromEntries(Object.entries(members).map(([name, it]) => [name, it.value]));
        const writer = compileAnswer(schema("r", shape, rules), { codeGeneration });
        const json = text(writer.write(value, writer.find(value), [reveal(clear)]));
        const mark = json.lastIndexOf('"_masked":{"fields":');
        const unmarked = mark < 0 ? json : `${json.slice(0, mark).replace(/,$/, "")}}`;
        expect(unmarked).toBe(JSON.stringify(project(shape, value, clear)));
        expect(() => JSON.parse(json)).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("write", () => {
  const writers = new Map(
    PII_KINDS.map((kind) => [kind, compileAnswer(schema("r", { v: pii[kind]() }, rules))]),
  );

  /** Texts in and just beside the shapes that are masked while they are written. */
  const nearText = fc.oneof(
    anyText,
    fc.stringMatching(/^(남궁|선우|김)[가-힣]{0,4}\u200b?$/),
    fc.stringMatching(/^(010|011|02|031|034|070|0504|1588)-?[0-9]{2,5}-?[0-9]{3,5}[0-9\u200b]?$/),
    fc.stringMatching(/^[a-zA-Z0-9._@가-]{1,8}@[a-zA-Z0-9.@-]{1,12}( |é)?$/),
    fc.stringMatching(
      /^(06236 )?(서울특별시|경기도|서울|제주)? ?(강남구|성남시|중구)? ?(분당구|테헤란로)?[\u200b ]{0,2}[가-힣0-9 ]{0,6}$/,
    ),
    fc.stringMatching(/^(010|031)-[0-9a]{3,4}-[0-9]{4}$/),
    fc.stringMatching(/^(서울특별시|경기도) (강\u200b?남구|성남시\u200b?|\u200b) ?(분당구)?( 1)?$/),
    fc.stringMatching(/^(?:\u200b|\u0301| ){0,3}[가-힣a-z]{0,3}$/),
    fc.stringMatching(/^[가-힣]{2,3}(?:\u11a8|\u0301)$/),
  );

  it("masks as the plain function does, whatever the shape [L2]", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PII_KINDS), nearText, (kind, v) => {
        const writer = writers.get(kind) as ReturnType<typeof compileAnswer>;
        const value = { v };
        const json = text(writer.write(value, writer.find(value), [masked]));
        expect(json.slice(0, json.indexOf(',"_masked"'))).toBe(`{"v":${JSON.stringify(mask(kind, v))}`);
      }),
      { numRuns: 20_000 },
    );
  });
});
