import { compileAnswer } from "@garim/masking";
import { describe, expect, it } from "vitest";
import { compileDraft } from "../../../test/compiled-draft.ts";
import { inferFromSeen } from "../infer-schema.ts";
import { printDraft } from "../print/draft.ts";
import { readSchema } from "./schema.ts";

const text = { type: "string" };
const BUYER = { type: "object", required: ["id"], properties: { id: text, name: text, phone: text } };
const components = {
  schemas: {
    Text: text,
    Buyer: BUYER,
    Tree: { type: "object", properties: { buyerName: text, child: { $ref: "#/components/schemas/Tree" } } },
    Card: { type: "object", properties: { type: text, cardNumber: text } },
    Bank: { type: "object", properties: { type: text, bankName: text, accountNo: text } },
  },
};

/** The drafted module of a schema. */
function draft(schema: object): string {
  const drafted = inferFromSeen(readSchema({ components }, schema));
  // What is drafted is a schema masking takes.
  compileAnswer(compileDraft(drafted));
  return printDraft(drafted);
}

const record = (properties: object, more: object = {}): object => ({
  type: "object",
  properties: { orderNo: text, ...properties },
  ...more,
});

describe("readSchema", () => {
  it("drafts a list of referred records, and names them as the document does", () => {
    const drafted = draft({ type: "array", items: { $ref: "#/components/schemas/Buyer" } });
    expect(drafted).toContain("export const buyer: RecordSchema = schema(");
    expect(drafted).toContain("answer: AnswerShape = [buyer];");
    expect(drafted).toContain("phone: pii.phone(), // sure: the name says phone; not in every object");
  });

  it("believes x-pii, formats and enums", () => {
    const drafted = draft(
      record({
        greeting: { ...text, "x-pii": "name" },
        reply: { ...text, format: "email" },
        mood: { ...text, enum: ["A", "B"] },
        engraving: text,
        weightless: { type: "integer" },
      }),
    );
    expect(drafted).toContain("greeting: pii.name(), // sure: x-pii says so");
    expect(drafted).toContain("reply: pii.email(), // sure: the format says email");
    expect(drafted).toContain("mood: open(), // sure: one of a fixed list");
    expect(drafted).toContain("engraving: pii.memo(), // CHECK: no value to judge by");
    expect(drafted).toContain("weightless: open(), // sure: a number");
  });

  it.each([
    ["beside a reference", { $ref: "#/components/schemas/Text", "x-pii": "phone" }],
    ["in allOf", { allOf: [text, { "x-pii": "phone" }] }],
    ["around a choice", { "x-pii": "phone", anyOf: [text, { type: "integer" }] }],
    ["in one of a choice", { oneOf: [{ ...text, "x-pii": "phone" }, text] }],
    ["twice, the stricter one", { allOf: [{ ...text, "x-pii": "card" }, { "x-pii": "phone" }] }],
  ])("finds x-pii %s", (_, schema) => {
    expect(draft(record({ engraving: schema }))).toContain("engraving: pii.phone(), // sure: x-pii says so");
  });

  it.each([
    ["an object", { ...BUYER, "x-pii": "address" }],
    ["a list", { type: "array", items: text, "x-pii": "address" }],
  ])("leaves out %s that is marked as a whole", (_, schema) => {
    expect(draft(record({ engraving: schema }))).toContain("// CHECK: engraving is left out: x-pii marks");
  });

  it("refuses a misspelt mark, for nobody would read it", () => {
    expect(() => draft(record({ engraving: { ...text, x_pii: "name" } }))).toThrow('"x_pii"; write "x-pii"');
  });

  it.each([
    ["an enum or any text", { oneOf: [{ ...text, enum: ["A"] }, text] }],
    ["a date or any text", { oneOf: [{ ...text, format: "date" }, text] }],
    ["a number or any text", { type: ["integer", "string"] }],
  ])("takes %s for any text", (_, schema) => {
    expect(draft(record({ engraving: schema }))).toContain("engraving: pii.memo(), // CHECK");
  });

  it("puts allOf together, and what oneOf may hold besides", () => {
    const drafted = draft({
      allOf: [
        record({}),
        { oneOf: [{ properties: { buyerName: text } }, { properties: { receiverTel: text } }] },
      ],
    });
    expect(drafted).toContain("buyerName: pii.name(), // sure: the name says name; not in every object");
    expect(drafted).toContain("receiverTel: pii.phone()");
    expect(drafted).toContain("...(o.receiverTel ? [subject.phone(o.receiverTel)] : [])");
  });

  it("drafts a union where a discriminator tells the forms apart", () => {
    const forms = [{ $ref: "#/components/schemas/Card" }, { $ref: "#/components/schemas/Bank" }];
    const mapping = { card: "#/components/schemas/Card" };
    const drafted = draft(
      record({ refund: { oneOf: forms, discriminator: { propertyName: "type", mapping } } }),
    );
    expect(drafted).toMatch(/refund: union\("type", \{\n\s+card: \{\n\s+cardNumber: pii\.card\(\)/);
    expect(drafted).toMatch(/Bank: \{\n\s+bankName: open\(\).*\n\s+accountNo: pii\.account\(\)/);
    expect(drafted).toContain("schema, subject, union }");
  });

  it("takes examples for values, and prints none", () => {
    const drafted = draft(record({ reference: { ...text, example: "010-9173-4455" } }));
    expect(drafted).toContain("reference: pii.phone(), // CHECK: 1 of 1 values read as phone");
    expect(drafted).not.toContain("9173");
  });

  it("leaves out what has no end or no names", () => {
    const drafted = draft(
      record({
        tree: { $ref: "#/components/schemas/Tree" },
        byId: { type: "object", additionalProperties: BUYER },
      }),
    );
    expect(drafted).toContain("// CHECK: child is left out: it holds itself");
    expect(drafted).toContain("// CHECK: byId is left out: its members are named by data");
  });

  it("reads the types of OpenAPI 3.1: several, null among them", () => {
    const drafted = draft(
      record(
        { buyerId: { type: ["string", "null"] }, memo: { anyOf: [text, { type: "null" }] } },
        { required: ["orderNo", "buyerId"] },
      ),
    );
    expect(drafted).toContain("...(o.buyerId ? [subject.buyer(o.buyerId)] : [])");
    expect(drafted).toContain("memo: pii.memo(), // sure");
  });

  it("[P2] ends at a schema that nests without end", () => {
    const deep = Array.from({ length: 100 }).reduce<object>(
      (inner) => ({ type: "array", items: inner }),
      text,
    );
    expect(draft(record({ deep }))).toContain("// CHECK: deep is left out: it nests too deep");
  });
});
