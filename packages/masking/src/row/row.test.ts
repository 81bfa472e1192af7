import { ALL_KINDS, type Disclosure, type KindSet, kindSet } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { compileAnswer } from "../answer/answer.ts";
import { type AnyRecord, open, pii, type RecordRules, schema } from "../schema/schema.ts";
import { union } from "../schema/union.ts";
import { fieldsOf } from "./fields.ts";
import { compileRow, type RowCell } from "./row.ts";

const rules: RecordRules = { seller: (o) => o.sellerId, subjects: () => [], state: () => ({}) };
const common = { source: "pipa/17", obligations: [], until: null } as const;
const reveal = (clear: KindSet): Disclosure => ({
  kind: "reveal",
  clear,
  reason: "purpose-open",
  restReason: "role-lacks-field",
  ...common,
});
const closed = (kind: "mask" | "withhold"): Disclosure => ({
  kind,
  clear: 0,
  reason: "purpose-ended",
  remedy: null,
  ...common,
});

const line = schema(
  "line",
  {
    no: open(),
    at: open(),
    buyer: { name: pii.name({ corporate: (o) => o["isFirm"] === true }), phone: pii.phone() },
    to: { deep: { address: pii.address() } },
    phones: [pii.phone()],
    pay: union("type", { card: { number: pii.card() } }),
    memo: pii.memo(),
  },
  rules,
);
const PATHS = ["no", "at", "buyer.name", "buyer.phone", "to.deep.address", "memo"];
const write = compileRow(line, PATHS);

describe("fieldsOf", () => {
  it("lists what fits a cell: no lists, unions or records inside", () => {
    expect(fieldsOf(line)).toEqual([
      { path: "no", kind: null },
      { path: "at", kind: null },
      { path: "buyer.name", kind: "name" },
      { path: "buyer.phone", kind: "phone" },
      { path: "to.deep.address", kind: "address" },
      { path: "memo", kind: "memo" },
    ]);
    expect(fieldsOf(schema("outer", { no: open(), line }, rules))).toEqual([{ path: "no", kind: null }]);
  });
});

describe("compileRow", () => {
  const value = fc.oneof(
    fc.constantFrom("홍길동", "010-1234-5678", "가림상사", "서울특별시 강남구 테헤란로 1", "", "문 앞"),
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined, new Date(0), new Date(Number.NaN)),
    fc.constantFrom({ toJSON: () => "canary" }, ["canary"]),
  );
  const record = fc.record({
    no: value,
    at: value,
    isFirm: fc.constantFrom(true, false, "yes"),
    buyer: fc.oneof(
      fc.record({ name: value, phone: value }, { requiredKeys: [] }),
      fc.constantFrom(null, undefined),
    ),
    to: fc.oneof(fc.record({ deep: fc.record({ address: value }) }), fc.constantFrom({}, { deep: null })),
    memo: value,
  });
  const disclosure = fc.oneof(
    fc.integer({ min: 0, max: ALL_KINDS }).map(reveal),
    fc.constantFrom(closed("mask"), closed("withhold")),
  );

  it("gives the values the same record has as an answer", () => {
    const writer = compileAnswer(line, { masked: "none" });
    fc.assert(
      fc.property(record, disclosure, (one, decided) => {
        const json = JSON.parse(
          Buffer.from(writer.write(one, writer.find(one), [decided])).toString("utf8"),
        ) as AnyRecord;
        const expected = PATHS.map((path) =>
          path.split(".").reduce<unknown>((at, key) => (at as AnyRecord | undefined)?.[key], json),
        );
        const cells = write(one, decided).map((cell) => (cell instanceof Date ? cell.toISOString() : cell));
        expect(JSON.parse(JSON.stringify(cells))).toEqual(expected.map((cell) => cell ?? null));
      }),
    );
  });

  it("shows the kinds that are clear, masks the others, and withholds a memo", () => {
    const one = { buyer: { name: "홍길동", phone: "010-1234-5678" }, memo: "문 앞" };
    const cells = (decided: Disclosure): readonly RowCell[] =>
      compileRow(line, ["buyer.name", "buyer.phone", "memo"])(one, decided);
    expect(cells(reveal(ALL_KINDS))).toEqual(["홍길동", "010-1234-5678", "문 앞"]);
    expect(cells(reveal(kindSet(["phone"])))).toEqual(["홍*동", "010-1234-5678", null]);
    expect(cells(closed("mask"))).toEqual(["홍*동", "010-****-5678", null]);
    expect(cells(closed("withhold"))).toEqual([null, null, null]);
  });

  it("reads each member once, and those of no column never", () => {
    const buyer = vi.fn(() => ({ name: "홍길동", phone: "010-1234-5678" }));
    const memo = vi.fn();
    const one = {
      get buyer() {
        return buyer();
      },
      get memo() {
        return memo();
      },
    };
    compileRow(line, ["buyer.phone", "buyer.name", "buyer.phone"])(one, reveal(ALL_KINDS));
    expect([buyer.mock.calls.length, memo.mock.calls.length]).toEqual([1, 0]);
  });

  it.each<[string, object]>([
    ["a BigInt", { no: 1n }],
    ["a text for an object", { buyer: "canary" }],
    ["a Map for an object", { buyer: new Map() }],
    [
      "a throwing getter",
      {
        get no() {
          throw new Error("canary");
        },
      },
    ],
  ])("refuses %s and does not say the value [L2]", (_, one) => {
    const run = () => write(one, closed("mask"));
    expect(run).toThrow(expect.objectContaining({ code: "ERR_GARIM_ANSWER_SHAPE" }));
    expect(run).not.toThrow(expect.objectContaining({ message: expect.stringContaining("canary") }));
  });

  it("takes nothing of Object.prototype for data [P1]", () => {
    const odd = schema("odd", { constructor: open(), a: open() }, rules);
    expect(compileRow(odd, ["constructor", "a"])({ a: 1 }, reveal(ALL_KINDS))).toEqual([null, 1]);
  });

  it.each(["buyer.nme", "phones", "pay.number", "to.deep", "toString", ""])("knows no field %j", (path) => {
    expect(() => compileRow(line, [path])).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }),
    );
  });
});
