import { ALL_KINDS, type Disclosure, kindSet, type Reason } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { open, pii, type RecordRules, schema } from "../schema/schema.ts";
import { compileAnswer } from "./answer.ts";

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
const mask = (reason: Reason = "purpose-ended"): Disclosure => ({
  kind: "mask",
  clear: 0,
  reason,
  remedy: null,
  ...common,
});
const withhold: Disclosure = { kind: "withhold", clear: 0, reason: "not-paid", remedy: null, ...common };

const buyer = { name: pii.name(), phone: pii.phone() };
const orderLine = schema("orderLine", { no: open(), buyer }, rules);
const writer = compileAnswer([orderLine], { masked: "none" });

/** The summary of as many records of a schema as there are decisions. */
function summarize(disclosures: readonly Disclosure[], record = orderLine): string {
  const answer = compileAnswer([record], { masked: "none" });
  return answer.maskedSummary(answer.find(disclosures.map(() => ({}))), disclosures);
}

describe("compileAnswer with masked: none", () => {
  it("masks the same and adds no member", () => {
    const value = [{ no: 1, buyer: { name: "홍길동", phone: "010-1234-5678" } }];
    const bytes = writer.write(value, writer.find(value), [mask()]);
    expect(new TextDecoder().decode(bytes)).toBe(
      '[{"no":1,"buyer":{"name":"홍*동","phone":"010-****-5678"}}]',
    );
  });

  it("takes no other word", () => {
    expect(() => compileAnswer(orderLine, { masked: "header" as "none" })).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining('"record" or "none"'),
      }),
    );
  });
});

describe("maskedSummary", () => {
  it("counts the records of which the same is hidden for the same reason", () => {
    expect(summarize([mask(), clear, mask(), mask()])).toBe(
      'orderLine;reason=purpose-ended;count=3;fields="buyer.name buyer.phone";profile=pipc',
    );
  });

  it("has a member for each reason and each set of fields, in the order they are met", () => {
    const shipper = reveal(kindSet(["name"]));
    expect(summarize([shipper, mask(), withhold, shipper, reveal(kindSet(["name", "email"]))])).toBe(
      [
        'orderLine;reason=role-lacks-field;count=3;fields="buyer.phone";profile=pipc',
        'orderLine;reason=purpose-ended;count=1;fields="buyer.name buyer.phone";profile=pipc',
        'orderLine;reason=not-paid;count=1;fields="buyer.name buyer.phone";profile=pipc',
      ].join(", "),
    );
  });

  it("is empty where everything is clear, or nothing is personal data", () => {
    expect(summarize([clear, clear])).toBe("");
    expect(summarize([])).toBe("");
    expect(summarize([mask()], schema("plain", { a: open() }, rules))).toBe("");
  });

  it("shows nothing by a mask's set of clear kinds", () => {
    const forged = { ...mask(), clear: ALL_KINDS } as unknown as Disclosure;
    expect(summarize([forged])).toBe(summarize([mask()]));
  });

  it.each([
    ["order line", 'order%20line;reason=purpose-ended;count=1;fields="n";profile=pipc'],
    ["주문", '"%EC%A3%BC%EB%AC%B8";reason=purpose-ended;count=1;fields="n";profile=pipc'],
    ["1st", '"1st";reason=purpose-ended;count=1;fields="n";profile=pipc'],
    ['a"\\\r\nb', 'a%22%5C%0D%0Ab;reason=purpose-ended;count=1;fields="n";profile=pipc'],
  ])("says the record's name %j in ASCII [P3]", (name, expected) => {
    expect(summarize([mask()], schema(name, { n: pii.name() }, rules))).toBe(expected);
  });

  it("says any member's name in ASCII, so that blanks part paths and nothing else [P3]", () => {
    const shape = {
      'a "b"': pii.name(),
      받는분: pii.name(),
      "\ud800%😀": pii.name(),
      "\r\nX: y": pii.name(),
    };
    expect(summarize([mask()], schema("r", shape, rules))).toContain(
      'fields="a%20%22b%22 %EB%B0%9B%EB%8A%94%EB%B6%84 %EF%BF%BD%25%F0%9F%98%80 %0D%0AX:%20y"',
    );
  });

  it("has at most 4,096 bytes, and counts what does not fit", () => {
    const named = (length: number) =>
      schema("r", { ["k".repeat(length)]: pii.name(), p: pii.phone(), e: pii.email() }, rules);
    const masks = [mask(), mask("not-paid"), reveal(kindSet(["phone"]))];
    expect(summarize(masks, named(1_000))).not.toContain("truncated");
    const cut = summarize(
      [...masks, ...masks, mask("facts-unreadable"), mask("grant-lacks-state")],
      named(1_000),
    );
    expect(cut.length).toBeLessThanOrEqual(4_096);
    expect(cut).toMatch(/, truncated;count=\d+$/);
    const counts = [...cut.matchAll(/count=(\d+)/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8);
    expect(summarize([mask()], named(5_000))).toBe("truncated;count=1");
  });

  it("refuses decisions that are not one a record", () => {
    expect(() => writer.maskedSummary(writer.find([{}]), [])).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_ANSWER_CHANGED" }),
    );
  });
});
