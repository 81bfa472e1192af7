import { type AnswerShape, compileAnswer, open, pii, schema } from "@garim/masking";
import { kindSet, type Refuse, refuse, resolvePolicy, subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { type AnswerJudge, judgeAnswer } from "./judge-answer.ts";
import type { SellerShare } from "./verdicts.ts";

interface Line {
  readonly no: string;
  readonly seller: string;
  readonly name: string;
}

const lineSchema = schema<Line>(
  "line",
  { no: open(), name: pii.name() },
  {
    seller: (line) => line.seller,
    subjects: (line) => [subject.buyer(line.no)],
    state: () => ({ paidAt: 0 }),
    line: (line) => line.no,
  },
);

const orderSchema = schema<Line & { readonly lines: readonly Line[] }>(
  "order",
  { no: open(), lines: [lineSchema] },
  {
    seller: (order) => order.seller,
    subjects: (order) => [subject.buyer(order.no)],
    state: () => ({ paidAt: 0 }),
  },
);

const policy = resolvePolicy();
const now = Date.parse("2026-11-22T12:00:00+09:00");

/** Seller A granted, nobody else did. */
function verdictOf(sellerId: string): SellerShare | Refuse {
  if (sellerId !== "A") return refuse("grant-missing");
  const share = { sellerId, kinds: kindSet(["name"]), states: ["open"], until: now + 1 } as const;
  return { kind: "share", grant: {} as SellerShare["grant"], ...share };
}

const line = (no: string, seller = "A"): Line => ({ no, seller, name: "홍길동" });

function judge(shape: AnswerShape, value: unknown, more: Partial<AnswerJudge> = {}): unknown {
  const writer = compileAnswer(shape);
  const judged = judgeAnswer(value, writer, { verdictOf, orders: null, now, policy, ...more });
  if (judged.kind === "refuse") return judged.reason;
  const disclosures = judged.records.map(({ recorded }) => recorded.disclosure);
  const found = judged.records.map((record) => record.found);
  const bytes = writer.write(judged.value, found, disclosures);
  return { ...JSON.parse(Buffer.from(bytes).toString()), leftOut: Object.fromEntries(judged.leftOut) };
}

const envelope = { at: open(), page: { total: open(), lines: [lineSchema] }, first: lineSchema } as const;

describe("judgeAnswer", () => {
  it("leaves lines out of lists, however deep in the envelope, and nothing else", () => {
    const at = new Date(now);
    const page = { total: 3, lines: [line("1", "B"), line("2"), line("3", "C")] };
    expect(judge(envelope, { at, page, first: line("4") })).toEqual({
      at: at.toISOString(),
      page: { total: 3, lines: [{ no: "2", name: "홍길동" }] },
      first: { no: "4", name: "홍길동" },
      leftOut: { "grant-missing": 2 },
    });
  });

  it("changes nothing of the handler's own objects", () => {
    const value = Object.freeze({ at: 1, page: { total: 1, lines: [line("1", "B")] }, first: line("2") });
    judge(envelope, value);
    expect(value.page.lines).toHaveLength(1);
  });

  it.each([
    ["a record that stands alone", { at: 1, page: { lines: [] }, first: line("1", "B") }],
    [
      "a list in an instance of a class",
      {
        at: 1,
        page: new (class {
          lines = [line("1", "B")];
        })(),
        first: line("2"),
      },
    ],
  ])("refuses the whole answer for %s", (_, value) => {
    expect(judge(envelope, value)).toBe("grant-missing");
  });

  it("refuses it for a line in a record that may leave, and leaves out a record with all that is in it", () => {
    const order = (seller: string, inner: string) => ({ ...line("o", seller), lines: [line("1", inner)] });
    expect(judge({ orders: [orderSchema] }, { orders: [order("A", "B")] })).toBe("grant-missing");
    expect(judge({ orders: [orderSchema] }, { orders: [order("B", "A")] })).toEqual({
      orders: [],
      leftOut: { "grant-missing": 1 },
    });
  });

  it("reads the lines alone that are named, and no record without a name", () => {
    const page = { total: 2, lines: [line("1"), line("2")] };
    const value = { at: 1, page, first: null };
    expect(judge(envelope, value, { orders: ["2"] })).toMatchObject({ page: { lines: [{ no: "2" }] } });
    const orders = [{ ...line("o"), lines: [] }];
    expect(judge({ orders: [orderSchema] }, { orders }, { orders: ["o"] })).toMatchObject({ orders: [] });
  });
});
