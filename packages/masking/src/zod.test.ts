import { ALL_KINDS, type Disclosure, subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { compileAnswer } from "./answer/answer.ts";
import { open, pii, type RecordRules, schema } from "./schema/schema.ts";
import { union } from "./schema/union.ts";
import { fromZod, shapeFromZod, type ZodObject } from "./zod.ts";

const rules: RecordRules = { seller: (o) => o.sellerId, subjects: () => [], state: () => ({}) };

const invalid = (...words: readonly string[]) =>
  expect.objectContaining({
    code: "ERR_GARIM_SCHEMA_INVALID",
    message: expect.stringMatching(
      words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"),
    ),
  });

const phone = z.string().meta({ pii: "phone" });

/** The node one member becomes. */
const nodeOf = (member: z.ZodType): unknown => fromZod(z.object({ a: member }), rules, "r").shape["a"];

describe("fromZod", () => {
  it("declares marked fields as personal data and the others as open, in their order", () => {
    const OrderLine = z.object({
      orderNo: z.string(),
      buyer: z.object({ name: z.string().meta({ pii: "name" }), phones: z.array(phone) }),
      amount: z.number().int(),
      paidAt: z.date().nullable(),
    });
    const line = fromZod(OrderLine, rules, "orderLine");
    expect(line).toEqual(
      schema(
        "orderLine",
        {
          orderNo: open(),
          buyer: { name: pii.name(), phones: [pii.phone()] },
          amount: open(),
          paidAt: open(),
        },
        rules,
      ),
    );
    expect(Object.keys(line.shape)).toEqual(["orderNo", "buyer", "amount", "paidAt"]);
  });

  it.each<[string, z.ZodType]>([
    ["a text", z.string()],
    ["a text of a form", z.email()],
    ["a time", z.iso.datetime()],
    ["a number", z.int().positive()],
    ["a coerced number", z.coerce.number()],
    ["a boolean", z.boolean()],
    ["a date", z.date()],
    ["null", z.null()],
    ["an enum", z.enum(["a", "b"])],
    ["a literal", z.literal(["a", 1, null])],
    ["a template", z.templateLiteral(["a-", z.number()])],
    ["a choice of scalars", z.union([z.string(), z.number(), z.null()])],
  ])("takes %s for an open field", (_name, member) => {
    expect(nodeOf(member)).toBe(open());
  });

  it.each<[string, z.ZodType]>([
    ["optional", phone.optional()],
    ["nullable", phone.nullable()],
    ["nullish, with a default", phone.nullish().default("x")],
    ["with a fallback", phone.catch("x")],
    ["prefilled", phone.prefault("x")],
    ["readonly", phone.readonly()],
    ["branded", phone.brand("phone")],
    ["required again", phone.optional().nonoptional()],
    ["lazy", z.lazy(() => phone)],
    [
      "checked after the mark",
      phone
        .min(1)
        .trim()
        .refine(() => true),
    ],
    ["described after the mark", phone.describe("who")],
    ["marked around what is wrapped", z.string().optional().meta({ pii: "phone" })],
    ["marked around a choice", z.union([z.string(), z.number()]).meta({ pii: "phone" })],
    ["marked in a choice with nothing", z.union([phone, z.null(), z.undefined()])],
    ["marked in all of a choice", z.union([phone, z.number().meta({ pii: "phone" })])],
    ["marked twice alike", phone.optional().meta({ pii: "phone" })],
    ["marked by another schema's metadata", z.string().meta(phone.meta() ?? {})],
    ["registered", z.string().register(z.globalRegistry, { pii: "phone" })],
  ])("keeps a mark: %s", (_name, member) => {
    expect(nodeOf(member)).toEqual(pii.phone());
  });

  it("keeps marks through what makes objects of objects", () => {
    const Base = z.object({ phone, secret: z.any() });
    const Line = Base.omit({ secret: true }).extend({ no: z.string() }).partial().strict();
    expect(fromZod(Line, rules, "r").shape).toEqual({ phone: pii.phone(), no: open() });
  });

  it("takes a discriminated union, several texts for one variant too", () => {
    const Payment = z.discriminatedUnion("type", [
      z.object({ type: z.literal("card"), number: z.string().meta({ pii: "card" }) }),
      z.object({ type: z.enum(["bank", "virtual"]), bank: z.string() }).readonly(),
    ]);
    const bank = { bank: open() };
    expect(nodeOf(Payment.optional())).toEqual(
      union("type", { card: { number: pii.card() }, bank, virtual: bank }),
    );
  });

  it("takes the name of the metadata where none is given", () => {
    const Line = z.object({ a: z.string() });
    expect(fromZod(Line.meta({ title: "line" }), rules).name).toBe("line");
    expect(fromZod(Line.meta({ id: "orderLineOfTheTest", title: "line" }), rules).name).toBe(
      "orderLineOfTheTest",
    );
    expect(() => fromZod(Line, rules)).toThrow(invalid('write fromZod(OrderLine, rules, "orderLine")'));
  });

  it.each<[string, z.ZodType, string, string]>([
    ["anything", z.any(), "z.any()", "write the type it has"],
    ["the unknown", z.unknown(), "z.unknown()", "write the type it has"],
    ["a record", z.record(z.string(), z.string()), "z.record()", "write z.object("],
    ["a map", z.map(z.string(), z.string()), "z.map()", "answer with an object"],
    ["a set", z.set(z.string()), "z.set()", "answer with a list"],
    ["a tuple", z.tuple([z.string()]), "z.tuple()", "z.array("],
    ["a bigint", z.bigint(), "z.bigint()", "answer with a text"],
    ["a literal bigint", z.literal(1n), "z.bigint()", "answer with a text"],
    ["a transform", phone.transform((text) => text.length), "z.pipe()", "after the transform"],
    ["a preprocessed value", z.preprocess(String, phone), "z.pipe()", "after the transform"],
    ["a pipe", phone.pipe(z.string()), "z.pipe()", "after the transform"],
    ["an instance", z.instanceof(URL), "z.custom()", "write the type it has"],
    ["a symbol", z.symbol(), "z.symbol()", "as JSON has it"],
    ["an intersection", z.object({ b: phone }).and(z.object({ c: phone })), "z.intersection()", "A.extend("],
    [
      "a union of objects",
      z.union([z.object({ b: phone }), z.object({ c: phone })]),
      "z.union()",
      "z.discriminatedUnion(",
    ],
    ["any JSON", z.json(), "holds itself", "declare only"],
    ["a loose object", z.looseObject({ b: phone }), "does not name", "write z.object("],
    ["an object with a catch-all", z.object({}).catchall(z.string()), "does not name", "write z.object("],
    [
      "a marked object",
      z.object({ b: z.string() }).meta({ pii: "address" }),
      "an object marked as address",
      "mark the texts",
    ],
    ["a marked list", z.array(z.string()).meta({ pii: "phone" }), "a list marked as phone", "mark the texts"],
    ["two kinds", phone.optional().meta({ pii: "name" }), "as name and as phone", "leave one"],
    [
      "a choice marked in part",
      z.union([phone, z.number()]),
      "in one of its choices only",
      "mark all of them",
    ],
    [
      "a kind that is none",
      z.string().meta({ pii: "phon" }),
      '"phon", which is no kind',
      'did you mean "phone"?',
    ],
    [
      "a mark that is no text",
      z.string().meta({ pii: true }),
      "a boolean, which is no kind",
      "name, phone, email",
    ],
    ["a misspelt mark", z.string().meta({ "x-pii": "phone" }), 'marked with "x-pii"', 'write "pii"'],
    ["a mark in capitals", z.string().meta({ PII: "phone" }), 'marked with "PII"', 'write "pii"'],
    ["a schema of zod/mini", mini.string() as unknown as z.ZodType, "zod/mini", 'from "zod"'],
    [
      "something else",
      { parse: () => 1 } as unknown as z.ZodType,
      "no schema of Zod 4.3",
      "install zod@^4.3",
    ],
  ])("refuses %s, says where and what to write", (_name, member, seen, remedy) => {
    const Line = z.object({ list: z.array(z.object({ a: member.optional?.() ?? member })) });
    expect(() => fromZod(Line, rules, "r")).toThrow(invalid("r.list[].a", seen, remedy));
  });

  it.each<[string, z.ZodType, string]>([
    [
      "an option that is no object of its own",
      z.discriminatedUnion("t", [
        z.object({ t: z.literal("a") }),
        z.discriminatedUnion("t", [z.object({ t: z.literal("b") })]),
      ]),
      "write z.object({ t: z.literal(",
    ],
    ["a tag that is no text", z.discriminatedUnion("t", [z.object({ t: z.literal(1) })]), "r.a.t chooses"],
    [
      "a marked tag",
      z.discriminatedUnion("t", [z.object({ t: z.literal("a").meta({ pii: "name" }) })]),
      "r.a.t chooses the variant, but is no open text",
    ],
    [
      "a text for two variants",
      z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal(["a", "b"]) })]),
      'two variants for t "a"',
    ],
    [
      "a marked union",
      z.discriminatedUnion("t", [z.object({ t: z.literal("a") })]).meta({ pii: "name" }),
      "a union marked as name",
    ],
  ])("refuses in a discriminated union %s", (_name, member, words) => {
    expect(() => nodeOf(member)).toThrow(invalid(words));
  });

  it("refuses what holds itself, and what is wrapped without end", () => {
    const Category = z.object({
      name: z.string(),
      get parts() {
        return z.array(Category);
      },
    });
    expect(() => fromZod(Category, rules, "r")).toThrow(invalid("r.parts[]", "holds itself"));
    const endless = (): z.ZodType => z.lazy(endless);
    expect(() => nodeOf(endless())).toThrow(invalid("r.a is wrapped without end"));
    const deep = (): z.ZodType => z.lazy(() => z.object({ a: deep() }));
    expect(() => nodeOf(deep())).toThrow(invalid("too many levels"));
    const doubled = Array.from({ length: 25 }).reduce<z.ZodType>((b) => z.object({ b, c: b }), z.object({}));
    expect(() => nodeOf(doubled)).toThrow(invalid("too many levels or members"));
  });

  it("refuses schemas of a Zod whose checks lose marks", () => {
    const Old = z.object({ a: z.string() });
    Object.defineProperty(Old._zod, "version", { value: { major: 4, minor: 2, patch: 0 } });
    expect(() => fromZod(Old, rules, "r")).toThrow(invalid("r is no schema of Zod 4.3 or newer"));
    expect(() => fromZod({} as ZodObject, rules)).toThrow(invalid("The record is no schema of Zod"));
  });

  it("refuses a record that is no object", () => {
    expect(() => fromZod(z.array(z.string()) as unknown as ZodObject, rules, "r")).toThrow(
      invalid("r is z.array()", "write z.object("),
    );
  });

  it("types the rules by the object, with members of the host's it does not declare", () => {
    const Line = z.object({ buyerId: z.string(), phone });
    const line = fromZod(
      Line,
      {
        seller: (record) => record["sellerId"],
        subjects: (record) => [subject.buyer(record.buyerId satisfies string)],
        // @ts-expect-error: a text is no number
        state: (record) => ({ paidAt: record.buyerId satisfies number }),
      },
      "line",
    );
    expect(line.rules.seller({ sellerId: "s9", buyerId: "b", phone: "" })).toBe("s9");
  });
});

describe("shapeFromZod", () => {
  const OrderLine = z.object({ phone });
  const orderLine = fromZod(OrderLine, rules, "orderLine");
  const records = new Map([[OrderLine, orderLine]]);

  it("makes an envelope around records, wrapped ones too", () => {
    const Page = z.object({
      total: z.number(),
      lines: z.array(OrderLine),
      last: OrderLine.nullable(),
      first: z.union([OrderLine, z.null()]),
    });
    const shape = shapeFromZod(Page, records);
    expect(shape).toEqual({ total: open(), lines: [orderLine], last: orderLine, first: orderLine });
    const writer = compileAnswer(shape);
    const line = { phone: "010-1234-5678" };
    expect(writer.find({ lines: [line], first: line }).map(({ value }) => value)).toEqual([line, line]);
  });

  it("leaves records nobody named to the answer, which refuses them", () => {
    expect(() => compileAnswer(shapeFromZod(z.object({ lines: z.array(OrderLine) })))).toThrow(
      invalid("answer.lines[].phone", "personal data stands inside a record"),
    );
  });

  it("can be changed by hand before a schema takes it", () => {
    const name = pii.name({ corporate: (record) => record["isCompany"] });
    const record = schema("line", { ...shapeFromZod(OrderLine), name }, rules);
    expect(record.shape).toEqual({ phone: pii.phone(), name });
  });

  it("writes what was declared", () => {
    const clear: Disclosure = {
      kind: "reveal",
      clear: ALL_KINDS,
      reason: "purpose-open",
      restReason: "role-lacks-field",
      until: null,
      source: "pipa/17",
      obligations: [],
    };
    const writer = compileAnswer(orderLine);
    const value = { phone: "010-1234-5678", secret: "canary" };
    expect(new TextDecoder().decode(writer.write(value, writer.find(value), [clear]))).toBe(
      '{"phone":"010-1234-5678"}',
    );
  });
});
