import { ALL_KINDS, type Disclosure, kindSet } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { type AnswerWriter, compileAnswer } from "../answer/answer.ts";
import { type Node, open, pii, type RecordRules, type Shape, schema } from "./schema.ts";
import { union } from "./union.ts";

const rules: RecordRules = { seller: () => "s", subjects: () => [], state: () => ({}) };
const common = { source: "pipa/17", obligations: [], until: null } as const;
const reveal = (clear: number): Disclosure => ({
  kind: "reveal",
  clear,
  reason: "purpose-open",
  restReason: "role-lacks-field",
  ...common,
});
const clear = reveal(ALL_KINDS);
const masked: Disclosure = { kind: "mask", clear: 0, reason: "purpose-ended", remedy: null, ...common };
const withhold: Disclosure = { kind: "withhold", clear: 0, reason: "not-paid", remedy: null, ...common };

const payment = union("type", {
  card: { number: pii.card(), brand: open() },
  account: { number: pii.account(), holder: pii.name(), bank: { name: open() } },
  'it\'s "cash"\u2028현금': {},
});
const order = schema("order", { no: open(), payment, refunds: [payment] }, rules);

const card = { type: "card", number: "1234567890123456", brand: "비씨" };
const account = { type: "account", number: "110-123-456789", holder: "홍길동", bank: { name: "은행" } };

const write = (writer: AnswerWriter, value: unknown, ...disclosures: readonly Disclosure[]): string =>
  new TextDecoder("utf-8", { fatal: true }).decode(writer.write(value, writer.find(value), disclosures));

const plain = (json: string): string => json.replace(/,?"_masked":.*$/, "}");

describe.each([
  ["generated code", true],
  ["closures", false],
])("union with %s", (_, codeGeneration) => {
  const writer = compileAnswer(order, { codeGeneration });

  it("writes the tag first, then the members of its variant and no other", () => {
    const value = { payment: { bank: "canary", ...card, holder: "canary" }, refunds: [account, card] };
    expect(write(writer, value, clear)).toBe(
      '{"payment":{"type":"card","number":"1234567890123456","brand":"비씨"},"refunds":[{"type":"account","number":"110-123-456789","holder":"홍길동","bank":{"name":"은행"}},{"type":"card","number":"1234567890123456","brand":"비씨"}]}',
    );
  });

  it("masks each variant by its own kinds", () => {
    expect(plain(write(writer, { payment: card, refunds: [account] }, masked))).toBe(
      '{"payment":{"type":"card","number":"1234-56**-****-3456","brand":"비씨"},"refunds":[{"type":"account","number":"***","holder":"홍*동","bank":{"name":"은행"}}]}',
    );
    expect(plain(write(writer, { payment: account }, reveal(kindSet(["account"]))))).toBe(
      '{"payment":{"type":"account","number":"110-123-456789","holder":"홍*동","bank":{"name":"은행"}}}',
    );
    expect(plain(write(writer, { payment: {}, refunds: [card] }, withhold))).toBe(
      '{"payment":null,"refunds":[{"type":"card","number":null,"brand":"비씨"}]}',
    );
  });

  it("names the hidden fields of every variant, each once", () => {
    expect(JSON.parse(write(writer, { payment: card }, masked))._masked.fields).toEqual([
      "payment.number",
      "payment.holder",
      "refunds[].number",
      "refunds[].holder",
    ]);
  });

  it("writes any text as a tag as JSON does, and a variant without members", () => {
    const value = { payment: { type: 'it\'s "cash"\u2028현금' } };
    expect(write(writer, value, clear)).toBe(JSON.stringify(value));
  });

  it.each<[string, unknown]>([
    ["is missing", { number: "canary" }],
    ["is unknown", { ...card, type: "canary" }],
    ["is a name of Object.prototype", { ...card, type: "constructor" }],
    ["is in another case", { ...card, type: "Card" }],
    ["is no text", { ...card, type: Object("card") }],
    ["is a list of the text", { ...card, type: ["card"] }],
    ["is inherited", Object.create(card)],
  ])("writes null where the tag %s [L2]", (_name, value) => {
    expect(plain(write(writer, { payment: value, refunds: [value] }, clear))).toBe(
      '{"payment":null,"refunds":[null]}',
    );
    expect(writer.undeclared({ payment: value, refunds: [card, value] }, true)).toEqual([
      "payment.type=?",
      "refunds[].type=?",
    ]);
  });

  it("keeps null and leaves out what is absent", () => {
    expect(write(writer, { payment: null, refunds: [null, undefined] }, clear)).toBe(
      '{"payment":null,"refunds":[null,null]}',
    );
    expect(write(writer, { payment: undefined }, clear)).toBe("{}");
    expect(writer.undeclared({ payment: null, refunds: [undefined] }, true)).toEqual([]);
  });

  it.each([["card"], [["card"]], [new Map([["type", "card"]])]])(
    "refuses %j for the object [L2]",
    (value) => {
      expect(() => write(writer, { payment: value }, clear)).toThrow(
        expect.objectContaining({
          code: "ERR_GARIM_ANSWER_SHAPE",
          message: expect.stringContaining("order.payment"),
        }),
      );
    },
  );

  it("reads a tag once, and writes by what it read [L2]", () => {
    const read = vi.fn(() => (read.mock.calls.length === 1 ? "card" : "account"));
    const value = {
      payment: {
        get type() {
          return read();
        },
        number: "110-123-456789",
      },
    };
    expect(plain(write(writer, value, masked))).toBe('{"payment":{"type":"card","number":"***"}}');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("lists what a variant does not declare, the tag left out", () => {
    expect(writer.undeclared({ payment: { ...card, holder: "홍길동" } }, true)).toEqual(["payment.holder"]);
    expect(writer.undeclared({ payment: account, refunds: [card] }, true)).toEqual([]);
  });

  it("says where in a variant a BigInt stands", () => {
    expect(() => write(writer, { payment: { ...card, brand: 1n } }, clear)).toThrow("order.payment.brand");
  });

  it("finds the records in variants, in envelopes too, and judges each on its own", () => {
    const item = schema("item", { to: pii.name() }, rules);
    const parcel = union("kind", { one: { item }, many: { items: [item] }, none: {} });
    const page = compileAnswer({ parcels: [parcel] }, { codeGeneration });
    const value = {
      parcels: [
        { kind: "none", item: { to: "canary" } },
        { kind: "many", items: [{ to: "김철수" }, { to: "이영희" }], item: { to: "canary" } },
        { kind: "one", item: { to: "박민수" } },
        { kind: "?", item: { to: "canary" } },
        null,
      ],
    };
    expect(page.find(value)).toHaveLength(3);
    const json = write(page, value, clear, masked, clear);
    expect(json.replace(/,"_masked":{.*?}/, "")).toBe(
      '{"parcels":[{"kind":"none"},{"kind":"many","items":[{"to":"김철수"},{"to":"이*희"}]},{"kind":"one","item":{"to":"박민수"}},null,null]}',
    );
  });

  it("has room for the texts of many variants", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 50 }, (_item, i) => [`${"t".repeat(5_000)}${i}`, {}]),
    );
    const one = compileAnswer(schema("r", { us: [union("type", wide)] }, rules), { codeGeneration });
    const value = { us: Object.keys(wide).map((type) => ({ type })) };
    expect(write(one, value, clear)).toBe(JSON.stringify(value));
  });
});

describe("schema with a union", () => {
  const invalid = (words: string) =>
    expect.objectContaining({
      code: "ERR_GARIM_SCHEMA_INVALID",
      message: expect.stringContaining(words),
    });

  it.each<[string, Node, string]>([
    ["no tag", { node: "union", variants: { a: {} } } as unknown as Node, 'write union("type"'],
    ["no variants", union("type", {}), 'write union("type"'],
    ["a list of variants", union("type", [{}] as unknown as Record<string, Shape>), 'write union("type"'],
    ["a tag that cannot be a member", union("_masked", { a: {} }), "Garim writes it itself"],
    ["a field as a variant", union("type", { a: open() as unknown as Shape }), "r.u(type=a)"],
    ["a variant that declares the tag", union("type", { a: { type: open() } }), "r.u(type=a)"],
    ["a variant with something that is no node", union("type", { a: { b: 1 as unknown as Node } }), "r.u.b"],
  ])("refuses %s", (_, u, words) => {
    expect(() => schema("r", { u }, rules)).toThrow(invalid(words));
  });

  it("keeps a copy that nobody can change", () => {
    const variants: Record<string, Shape> = { a: { x: open() } };
    const record = schema("r", { u: union("type", variants) }, rules);
    variants["b"] = { secret: open() };
    expect(record.shape["u"]).toEqual({ node: "union", tag: "type", variants: { a: { x: open() } } });
    const { variants: copied } = record.shape["u"] as ReturnType<typeof union>;
    expect(Object.isFrozen(copied) && Object.isFrozen(copied["a"])).toBe(true);
  });

  it("counts its levels and members, and refuses personal fields outside a record", () => {
    const u: Record<string, Node> = {};
    u["self"] = union("type", { a: u as Shape });
    expect(() => schema("r", u as Shape, rules)).toThrow(invalid("does it hold itself?"));
    expect(() => compileAnswer({ u: union("type", { a: { x: pii.name() } }) })).toThrow(
      invalid("personal data stands inside a record"),
    );
    expect(() => compileAnswer(union("type", { a: {} }) as unknown as Shape)).toThrow(
      invalid("answer with a record"),
    );
  });

  it("is told from a shape with a member named node", () => {
    const record = schema("r", { u: union("node", { union: { variants: open() } }) }, rules);
    const value = { u: { node: "union", variants: 1 } };
    expect(write(compileAnswer(record), value, clear)).toBe(JSON.stringify(value));
  });
});
