import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compileAnswer } from "./answer/answer.ts";
import { fromJsonSchema, shapeFromJsonSchema } from "./json-schema.ts";
import { open, pii, type RecordRules, schema } from "./schema/schema.ts";
import { union } from "./schema/union.ts";
import { shapeFromZod } from "./zod.ts";

const rules: RecordRules = { seller: (o) => o.sellerId, subjects: () => [], state: () => ({}) };

const invalid = (...words: readonly string[]) =>
  expect.objectContaining({
    code: "ERR_GARIM_SCHEMA_INVALID",
    message: expect.stringMatching(
      words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"),
    ),
  });

const text = { type: "string" };
const phone = { type: "string", "x-pii": "phone" };
const object = (properties: object) => ({ type: "object", properties });
const constant = (value: unknown) => ({ const: value });

/** The node one member becomes; `$defs` are the document's. */
const nodeOf = (a: unknown, $defs: object = {}): unknown =>
  fromJsonSchema({ ...object({ a }), $defs }, rules, { name: "r" }).shape["a"];

const openapi = {
  openapi: "3.1.0",
  components: {
    schemas: {
      Phone: { type: "string", "x-pii": "phone" },
      Person: object({
        name: { type: "string", "x-pii": "name" },
        phone: { $ref: "#/components/schemas/Phone" },
      }),
      Payment: {
        oneOf: [{ $ref: "#/components/schemas/Card" }, { $ref: "#/components/schemas/Account" }],
        discriminator: {
          propertyName: "type",
          mapping: { card: "#/components/schemas/Card", bank: "Account" },
        },
      },
      Card: object({ type: text, number: { type: "string", "x-pii": "card" } }),
      Account: object({ type: text, number: { type: "string", "x-pii": "account" } }),
      OrderLine: {
        allOf: [
          object({ orderNo: text }),
          object({
            buyer: { $ref: "#/components/schemas/Person", description: "who pays" },
            payment: { $ref: "#/components/schemas/Payment" },
            tags: { type: "array", items: text },
            memo: { type: ["string", "null"], "x-pii": "memo" },
            password: { type: "string", writeOnly: true },
          }),
        ],
      },
      Page: object({
        total: { type: "integer" },
        lines: { type: "array", items: { $ref: "#/components/schemas/OrderLine" } },
        last: { oneOf: [{ $ref: "#/components/schemas/OrderLine" }, { type: "null" }] },
        first: { allOf: [{ $ref: "#/components/schemas/OrderLine" }], description: "the first one" },
      }),
    },
  },
};

const LINE = "#/components/schemas/OrderLine";

describe("fromJsonSchema", () => {
  it("declares a schema of an OpenAPI document", () => {
    const line = fromJsonSchema(openapi, rules, { ref: LINE, name: "orderLine" });
    expect(line).toEqual(
      schema(
        "orderLine",
        {
          orderNo: open(),
          buyer: { name: pii.name(), phone: pii.phone() },
          payment: union("type", { card: { number: pii.card() }, bank: { number: pii.account() } }),
          tags: [open()],
          memo: pii.memo(),
        },
        rules,
      ),
    );
  });

  it("takes the name of the title, else of the reference", () => {
    expect(fromJsonSchema({ ...object({}), title: "line" }, rules).name).toBe("line");
    expect(fromJsonSchema(openapi, rules, { ref: LINE }).name).toBe("OrderLine");
    expect(() => fromJsonSchema(object({}), rules)).toThrow(invalid('{ name: "orderLine" }'));
  });

  it.each<[string, unknown]>([
    ["a text", text],
    ["a number", { type: "number", minimum: 0 }],
    ["a nullable text", { type: ["string", "null"], format: "date-time" }],
    ["a nullable text as OpenAPI 3.0 has it", { type: "string", nullable: true }],
    ["several scalars", { type: ["string", "integer", "boolean"] }],
    ["null", { type: "null" }],
    ["an enum", { enum: ["a", 1, null] }],
    ["a constant", { const: "a" }],
    ["a choice of scalars", { oneOf: [{ type: "string" }, { type: "integer" }, { type: "null" }] }],
    ["conditions without a type", { type: "string", anyOf: [{ minLength: 1 }, { pattern: "a" }] }],
  ])("takes %s for an open field", (_name, member) => {
    expect(nodeOf(member)).toBe(open());
  });

  it.each<[string, unknown]>([
    ["beside a reference", { $ref: "#/$defs/text", "x-pii": "phone" }],
    ["behind references", { $ref: "#/$defs/alias" }],
    ["in allOf", { allOf: [text, { "x-pii": "phone" }] }],
    ["around a choice", { "x-pii": "phone", anyOf: [text, { type: "integer" }, { type: "null" }] }],
    ["in a choice with nothing", { anyOf: [phone, { type: "null" }] }],
    ["in all of a choice", { oneOf: [phone, { type: "integer", "x-pii": "phone" }] }],
    ["on an enum", { enum: ["a"], "x-pii": "phone" }],
    ["twice alike", { allOf: [phone, phone, { ...phone }] }],
    ["in a condition", { type: "string", anyOf: [{ minLength: 1 }, { "x-pii": "phone" }] }],
  ])("keeps a mark %s", (_name, member) => {
    expect(nodeOf(member, { text, alias: { $ref: "#/$defs/phone" }, phone })).toEqual(pii.phone());
  });

  it("joins what allOf says of one member", () => {
    const member = {
      allOf: [object({ b: text, c: text }), { properties: { b: { "x-pii": "name" }, d: phone } }],
    };
    expect(nodeOf(member)).toEqual({ b: pii.name(), c: open(), d: pii.phone() });
  });

  it("takes objects whose conditions say only which members there are", () => {
    const member = { ...object({ b: phone, c: text }), anyOf: [{ required: ["b"] }, { required: ["c"] }] };
    expect(nodeOf(member)).toEqual({ b: pii.phone(), c: open() });
  });

  it("takes closed objects, and members with any name", () => {
    expect(nodeOf({ properties: { "a/b~c%": text, 이름: phone }, additionalProperties: false })).toEqual({
      "a/b~c%": open(),
      이름: pii.phone(),
    });
    expect(nodeOf({ $ref: "#/$defs/a~1b~0c%25" }, { "a/b~c%": phone })).toEqual(pii.phone());
  });

  describe("with a choice of objects", () => {
    const card = { properties: { type: constant("card"), number: phone } };
    const bank = { properties: { type: { enum: ["bank", "virtual"] }, name: text } };
    const variants = { card: { number: pii.phone() }, bank: { name: open() }, virtual: { name: open() } };

    it("makes a union by constant texts", () => {
      expect(nodeOf({ oneOf: [card, bank] })).toEqual(union("type", variants));
      expect(nodeOf({ anyOf: [card, bank, { type: "null" }] })).toEqual(union("type", variants));
    });

    it("takes the first member that tells all apart", () => {
      const same = { version: constant("1") };
      const [a, b] = [object({ ...same, kind: constant("a") }), object({ ...same, kind: constant("b") })];
      expect(nodeOf({ oneOf: [a, b] })).toEqual(
        union("kind", { a: { version: open() }, b: { version: open() } }),
      );
    });

    it("shares what stands beside the choice", () => {
      const base = object({ type: { enum: ["card", "bank", "virtual"] }, at: text });
      expect(nodeOf({ ...base, discriminator: { propertyName: "type" }, oneOf: [card, bank] })).toEqual(
        union("type", {
          card: { at: open(), number: pii.phone() },
          bank: { at: open(), name: open() },
          virtual: { at: open(), name: open() },
        }),
      );
    });

    it("takes the names of references, where a discriminator maps no text", () => {
      const base = object({ type: { enum: ["Card", "bank"] } });
      const $defs = {
        base,
        Card: { allOf: [{ $ref: "#/$defs/base" }, object({ number: phone })] },
        Bank: { allOf: [{ $ref: "#/$defs/base" }, object({ name: text })] },
      };
      const member = {
        oneOf: [{ $ref: "#/$defs/Card" }, { $ref: "#/$defs/Bank" }],
        discriminator: { propertyName: "type", mapping: { bank: "#/$defs/Bank" } },
      };
      expect(nodeOf(member, $defs)).toEqual(
        union("type", { Card: { number: pii.phone() }, bank: { name: open() } }),
      );
    });

    it.each<[string, unknown, string]>([
      [
        "no text",
        { oneOf: [object({ b: text }), object({ c: text })] },
        'such as "type": { "const": "card" }',
      ],
      ["a text in one of them only", { oneOf: [card, object({ c: text })] }, "no text tells apart"],
      ["the same text", { oneOf: [card, card] }, "no text tells apart"],
      [
        "a number",
        { oneOf: [object({ t: constant(1) }), object({ t: constant(2) })] },
        "no text tells apart",
      ],
      [
        "a discriminator without a name",
        { oneOf: [card, bank], discriminator: {} },
        'write "propertyName": "type"',
      ],
      [
        "a discriminator that maps nothing",
        { oneOf: [object({ b: text }), object({ c: text })], discriminator: { propertyName: "type" } },
        'or refer to it by "$ref"',
      ],
      [
        "a marked tag",
        { oneOf: [object({ t: { const: "a", "x-pii": "name" } }), object({ t: constant("b") })] },
        "r.a.t chooses the variant",
      ],
      ["objects beside texts", { oneOf: [object({ b: text }), text] }, "no text tells apart; declare one"],
      ["two choices", { oneOf: [card, bank], anyOf: [text] }, 'write one "oneOf"'],
      ["a mark", { oneOf: [card, bank], "x-pii": "address" }, "an object marked as address"],
    ])("refuses %s to tell them apart", (_name, member, words) => {
      expect(() => nodeOf(member)).toThrow(invalid(words));
    });
  });

  it.each<[string, unknown, string, string]>([
    ["anything", {}, "does not say what it is", 'write "type": "string"'],
    ["a schema of true", true, "has no schema", 'write { "type": "string" }'],
    ["an object of anything", { type: "object" }, "unnamed members", 'name them in "properties"'],
    ["a list of anything", { type: "array" }, "is a list of anything", 'write "items"'],
    [
      "further members",
      { ...object({}), additionalProperties: phone },
      '"additionalProperties"',
      "leave it out",
    ],
    [
      "any further members",
      { ...object({}), additionalProperties: true },
      "other than false",
      "leave it out",
    ],
    ["unevaluated members", { ...object({}), unevaluatedProperties: {} }, "other than false", "leave it out"],
    [
      "members by pattern",
      { type: "object", patternProperties: { a: phone } },
      '"patternProperties"',
      "name the members",
    ],
    ["a tuple", { type: "array", prefixItems: [phone] }, '"prefixItems"', "one kind of item"],
    ["a tuple of old", { type: "array", items: [phone] }, "r.list[].a[] has no schema", ""],
    ["a condition", { ...object({}), if: {}, else: object({ b: phone }) }, '"if"', 'write "oneOf"'],
    [
      "dependent members",
      { ...object({}), dependentSchemas: { b: object({ c: phone }) } },
      '"dependentSchemas"',
      "",
    ],
    [
      "JSON in a text",
      { type: "string", contentSchema: object({ b: phone }) },
      '"contentSchema"',
      "members of their own",
    ],
    ["a text or an object", { type: ["string", "object"], properties: {} }, "may be scalar or object", ""],
    ["a type that is none", { type: "text" }, 'is of type "text"', 'write "type": "string"'],
    [
      "a mark on an object",
      { ...object({ b: text }), "x-pii": "address" },
      "an object marked",
      "mark the texts",
    ],
    ["a mark on a list", { type: "array", items: text, "x-pii": "phone" }, "a list marked", "mark the texts"],
    ["two kinds", { allOf: [phone, { "x-pii": "name" }] }, "as phone and as name", "leave one"],
    ["a choice marked in part", { oneOf: [phone, { type: "integer" }] }, "in one of its choices only", ""],
    [
      "a kind that is none",
      { type: "string", "x-pii": "adress" },
      '"adress", which is no kind',
      'did you mean "address"?',
    ],
    ["a misspelt mark", { type: "string", "x-PII": "phone" }, 'marked with "x-PII"', 'write "x-pii"'],
    ["a mark of Zod's", { type: "string", pii: "phone" }, 'marked with "pii"', 'write "x-pii"'],
    ["a reference to another file", { $ref: "person.json#/a" }, "outside the document", "bundle it"],
    ["a reference to an anchor", { $ref: "#person" }, "outside the document", "bundle it"],
    ["a reference that is no text", { $ref: 1 }, "refers to 1", "bundle it"],
    ["a dead reference", { $ref: "#/$defs/none" }, 'refers to "#/$defs/none", where nothing is', ""],
    ["a reference into Object.prototype", { $ref: "#/constructor" }, "where nothing is", ""],
    ["a base of its own", { $id: "other", ...text }, '"$id"', "leave it out"],
    ["a dynamic reference", { $dynamicRef: "#a" }, '"$dynamicRef"', 'write "$ref"'],
    ["an allOf that is no list", { allOf: {} }, "has no schema", ""],
    ["a oneOf that is no list", { oneOf: {} }, "has no schema", ""],
  ])("refuses %s, says where and what to write", (_name, a, seen, remedy) => {
    const document = object({ list: { type: "array", items: object({ a }) } });
    expect(() => fromJsonSchema(document, rules, { name: "r" })).toThrow(
      invalid(seen.startsWith("r.") ? "" : "r.list[].a", seen, remedy),
    );
  });

  it.each<[string, unknown, object]>([
    [
      "in its members",
      { $ref: "#/$defs/a" },
      { a: object({ b: { type: "array", items: { $ref: "#/$defs/a" } } }) },
    ],
    ["at once", { $ref: "#/$defs/a" }, { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } }],
    ["by allOf", { $ref: "#/$defs/a" }, { a: { allOf: [{ $ref: "#/$defs/a" }] } }],
    ["by a choice", { $ref: "#/$defs/a" }, { a: { oneOf: [text, { $ref: "#/$defs/a" }] } }],
    ["in a choice", { $ref: "#/$defs/a" }, { a: { oneOf: [text, object({ b: { $ref: "#/$defs/a" } })] } }],
    ["as a whole", { $ref: "#" }, {}],
  ])("refuses what holds itself %s", (_name, member, $defs) => {
    expect(() => nodeOf(member, $defs)).toThrow(invalid("r.a", "holds itself"));
  });

  it("takes what is used twice, side by side", () => {
    const $defs = {
      base: object({ at: text }),
      a: { allOf: [{ $ref: "#/$defs/base" }, { $ref: "#/$defs/base" }] },
    };
    expect(nodeOf(object({ x: { $ref: "#/$defs/a" }, y: { $ref: "#/$defs/a" } }), $defs)).toEqual({
      x: { at: open() },
      y: { at: open() },
    });
  });

  it("refuses references that share each other into too many members [P2]", () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_item, i) => {
        const $ref = `#/$defs/d${i + 1}`;
        return [
          `d${i}`,
          i % 2 === 0 ? object({ b: { $ref }, c: { $ref } }) : { allOf: [{ $ref }, { $ref }] },
        ];
      }),
    );
    expect(() => nodeOf({ $ref: "#/$defs/d0" }, { ...$defs, d40: text })).toThrow(invalid("too many levels"));
  });

  it("names the nearest option where one is misspelt", () => {
    expect(() => fromJsonSchema(openapi, rules, { reff: LINE } as object)).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_UNKNOWN",
        message: expect.stringContaining("Did you mean ref?"),
      }),
    );
  });
});

describe("shapeFromJsonSchema", () => {
  const orderLine = fromJsonSchema(openapi, rules, { ref: LINE });

  it("makes an envelope around records, however they are referred to", () => {
    const shape = shapeFromJsonSchema(openapi, {
      ref: "#/components/schemas/Page",
      records: { [LINE]: orderLine },
    });
    expect(shape).toEqual({ total: open(), lines: [orderLine], last: orderLine, first: orderLine });
    expect(compileAnswer(shape).find({ lines: [{}, {}], first: {} })).toHaveLength(3);
  });

  it("does not take for a record what adds members to one", () => {
    const document = {
      ...object({ a: { allOf: [{ $ref: "#/$defs/line" }, object({ extra: text })] } }),
      $defs: { line: object({ no: text }) },
    };
    const line = fromJsonSchema(document, rules, { ref: "#/$defs/line" });
    expect(shapeFromJsonSchema(document, { records: { "#/$defs/line": line } })).toEqual({
      a: { no: open(), extra: open() },
    });
  });

  it.each<[string, object]>([
    ["a list", { type: "array", items: text }],
    ["a text", text],
    ["a union", { oneOf: [object({ t: constant("a") }), object({ t: constant("b") })] }],
  ])("refuses %s", (_name, document) => {
    expect(() => shapeFromJsonSchema(document)).toThrow(invalid("answer is no object of one shape"));
  });

  it("reads what Zod says of itself as JSON Schema the same way as Zod's own", () => {
    const Line = z.object({
      no: z.string(),
      buyer: z.object({ name: z.string().meta({ pii: "name" }).nullable() }).optional(),
      phones: z.array(z.string().meta({ pii: "phone" })),
      payment: z.discriminatedUnion("type", [
        z.object({ type: z.literal("card"), number: z.string().meta({ pii: "card" }) }),
        z.object({ type: z.enum(["bank", "virtual"]), bank: z.string() }),
      ]),
    });
    const json = JSON.parse(JSON.stringify(z.toJSONSchema(Line)).replaceAll('"pii"', '"x-pii"')) as object;
    expect(shapeFromJsonSchema(json)).toEqual(shapeFromZod(Line));
  });
});
