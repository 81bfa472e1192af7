import { ALL_KINDS, PII_KINDS, type PiiKind } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { compileAnswer } from "../answer/answer.ts";
import { type Node, open, pii, type RecordRules, type Shape, schema } from "./schema.ts";

const rules: RecordRules = { seller: () => "s1", subjects: () => [], state: () => ({}) };

const invalid = (words: string) =>
  expect.objectContaining({ code: "ERR_GARIM_SCHEMA_INVALID", message: expect.stringContaining(words) });

/** A shape nested so many levels deep. */
const nest = (levels: number): Shape =>
  Array.from({ length: levels - 1 }).reduce<Shape>((inner) => ({ a: inner }), { a: open() });

describe("pii", () => {
  it("declares a field for every kind", () => {
    expect(Object.keys(pii)).toEqual([...PII_KINDS]);
    for (const kind of PII_KINDS) expect(pii[kind]()).toEqual({ node: "pii", kind });
  });

  it("takes corporate only for a name, and only as a function", () => {
    const corporate = () => true;
    expect(pii.name({ corporate }).corporate).toBe(corporate);
    expect(() => pii.phone({ corporate })).toThrow(invalid("only a name takes it"));
    expect(() => pii.name({ corporate: true as unknown as () => boolean })).toThrow(
      invalid("write pii.name("),
    );
  });
});

describe("schema", () => {
  it("keeps a copy that nobody can change", () => {
    const shape: Record<string, Node> = { a: open() };
    const record = schema("r", shape, rules);
    shape["secret"] = open();
    expect(Object.keys(record.shape)).toEqual(["a"]);
    expect(Object.isFrozen(record) && Object.isFrozen(record.shape) && Object.isFrozen(record.rules)).toBe(
      true,
    );
  });

  it.each([[""], ["x".repeat(65)], [1 as unknown as string]])("refuses the name %j", (name) => {
    expect(() => schema(name, { a: open() }, rules)).toThrow(invalid('write schema("orderLine"'));
  });

  it.each(["seller", "subjects", "state"] as const)(
    "refuses rules without %s and says what to write",
    (rule) => {
      expect(() => schema("r", { a: open() }, { ...rules, [rule]: undefined })).toThrow(
        invalid(`write ${rule}: (record) =>`),
      );
    },
  );

  it.each([["_masked"], ["__proto__"], [""]])("refuses a member named %j, at any level [P1]", (key) => {
    const shape = JSON.parse(`{${JSON.stringify(key)}:{"node":"open"}}`) as Shape;
    expect(() => schema("r", shape, rules)).toThrow(invalid(`r declares a member ${JSON.stringify(key)}`));
    expect(() => schema("r", { a: [{ b: shape }] }, rules)).toThrow(invalid("r.a[].b declares"));
  });

  it.each<[string, unknown, string]>([
    ["a text", "name", "r.a is a string; write a: open()"],
    ["null", null, "r.a is null"],
    ["a function not called", pii.name, "r.a is a function; call it"],
    ["an empty list", [], "r.a is a list of 0"],
    ["a list of two", [open(), open()], "r.a is a list of 2"],
    ["an unknown node", { node: "secret" }, 'r.a is a node {"node":"secret"}'],
    ["an unknown kind", { node: "pii", kind: "shoe" }, '"kind":"shoe"'],
    ["a record without a shape", { node: "record" }, "r.a is a node"],
  ])("refuses %s as a node", (_, node, words) => {
    expect(() => schema("r", { a: node as Node }, rules)).toThrow(invalid(words));
  });

  it("takes a member named node", () => {
    expect(schema("r", { node: open(), kind: { node: pii.name() } }, rules).shape).toHaveProperty("node");
  });

  it("takes 64 levels and refuses 65, nested records counted", () => {
    expect(() => schema("r", nest(64), rules)).not.toThrow();
    expect(() => schema("r", nest(65), rules)).toThrow(invalid("more than 64 levels"));
    const inner = schema("inner", nest(40), rules);
    expect(() => schema("r", { a: { b: [inner] } }, rules)).not.toThrow();
    expect(() =>
      schema("r", { a: schema("middle", { b: inner, c: nest(40) }, rules), d: nest(64) }, rules),
    ).toThrow(invalid("64 levels"));
  });

  it("refuses a shape that holds itself", () => {
    const shape: Record<string, Node> = {};
    shape["a"] = shape;
    expect(() => schema("r", shape, rules)).toThrow(invalid("does it hold itself?"));
  });

  it("refuses shapes that share each other into more than 10,000 members", () => {
    const doubled = Array.from({ length: 20 }).reduce<Shape>((inner) => ({ a: inner, b: inner }), {
      a: open(),
    });
    expect(() => schema("r", doubled, rules)).toThrow(invalid("10000 members"));
    const wide = Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`f${i}`, open()]));
    const inner = schema("inner", wide, rules);
    expect(() => schema("r", { a: inner, b: [inner] }, rules)).not.toThrow();
    expect(() => schema("r", { a: inner, b: [inner], c: inner }, rules)).toThrow(invalid("10000 members"));
  });
});

describe("compileAnswer", () => {
  const record = schema("r", { name: pii.name() }, rules);

  it.each<[string, unknown, string]>([
    [
      "a personal field outside a record",
      { total: open(), buyer: { name: pii.name() } },
      "answer.buyer.name is a node",
    ],
    ["a personal field in a list outside a record", { phones: [pii.phone()] }, "answer.phones[] is a node"],
    ["a field alone", open(), "answer with a record"],
    ["a list of fields", [open()], "answer with a record"],
    ["nothing", undefined, "answer is undefined"],
  ])("refuses %s", (_, shape, words) => {
    expect(() => compileAnswer(shape as Shape)).toThrow(invalid(words));
  });

  it("takes an envelope without records", () => {
    expect(() => compileAnswer({ message: open() })).not.toThrow();
  });

  it("names the nearest option where one is misspelt", () => {
    const options = { codeGenration: false } as object;
    expect(() => compileAnswer(record, options)).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_UNKNOWN",
        message: expect.stringContaining("codeGeneration"),
      }),
    );
  });

  it.each([
    [{ maxBytes: 0 }],
    [{ maxBytes: 1.5 }],
    [{ maxBytes: 2 ** 30 + 1 }],
    [{ codeGeneration: 1 }],
    [{ profile: "other" }],
  ])("refuses the option %j", (options) => {
    expect(() => compileAnswer(record, options as object)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }),
    );
  });

  it("reads a typed record's rules", () => {
    interface Line {
      readonly sellerId: string;
      readonly kind: PiiKind;
    }
    const typed = schema<Line>("line", { name: pii.name() }, { ...rules, seller: (line) => line.sellerId });
    expect(
      compileAnswer([typed])
        .find([{ sellerId: "s9" }])[0]
        ?.schema.rules.seller({ sellerId: "s9" }),
    ).toBe("s9");
    expect(ALL_KINDS).toBeGreaterThan(0);
  });
});
