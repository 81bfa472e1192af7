import { describe, expect, it } from "vitest";
import { type DestructionFacts, decideDestruction } from "./destruction.ts";
import type { KeptKind } from "./edition.ts";
import { KEPT_KINDS } from "./edition.ts";
import { addMonths, DAY } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const END = Date.parse("2026-11-22T09:00:00+09:00");
const facts: DestructionFacts = {
  purposeEndedAt: END,
  keeps: [],
  isHeld: false,
  destroyedAt: null,
  confirmedAt: null,
};
const decide = (more: Partial<DestructionFacts>, now = END) =>
  decideDestruction({ ...facts, ...more }, now, policy);

describe("decideDestruction", () => {
  it("[pipa/21] is due 5 x 24 h after the purpose ended, the last millisecond in time", () => {
    const duty = { kind: "duty", reason: "destruction-due", source: "pipa/21", dueAt: END + 5 * DAY };
    expect(decide({}, END)).toEqual({ ...duty, isOverdue: false });
    expect(decide({}, END + 5 * DAY)).toEqual({ ...duty, isOverdue: false });
    expect(decide({}, END + 5 * DAY + 1)).toEqual({ ...duty, isOverdue: true });
  });

  it("[pipa/21] keeps what its purpose still needs", () => {
    const kept = { kind: "keep", reason: "purpose-not-ended", isApart: false };
    expect(decide({ purposeEndedAt: null })).toMatchObject({ ...kept, until: null });
    expect(decide({}, END - 1)).toMatchObject({ ...kept, until: END });
  });

  it.each<[KeptKind, number, string]>([
    ["contract", 60, "ecommerce/6"],
    ["payment", 60, "ecommerce/6"],
    ["dispute", 36, "ecommerce/6"],
    ["advertising", 6, "ecommerce/6"],
    ["electronicPayment", 60, "electronic-finance/records"],
  ])("[ecommerce/6 electronic-finance/records] keeps %s apart for %d months", (kind, months, source) => {
    const until = addMonths(END, months);
    const keeps = [{ kind, since: END }];
    expect(decide({ keeps }, until - 1)).toEqual({
      kind: "keep",
      reason: "kept-by-law",
      source,
      until,
      isApart: true,
    });
    expect(decide({ keeps }, until)).toMatchObject({ kind: "duty", dueAt: until + 5 * DAY });
  });

  it("knows for every kind of record how long it is kept", () => {
    expect(KEPT_KINDS).toEqual(Object.keys(policy.edition.keeps));
  });

  it("[ecommerce/6] keeps as long as the longest of several laws", () => {
    const dispute = { kind: "dispute", since: END } as const;
    const payment = { kind: "electronicPayment", since: END } as const;
    for (const keeps of [
      [dispute, payment],
      [payment, dispute],
    ])
      expect(decide({ keeps })).toMatchObject({
        source: "electronic-finance/records",
        until: addMonths(END, 60),
      });
  });

  it("[pipa/21] counts from the later of purpose and law", () => {
    const keeps = [{ kind: "advertising", since: END - 400 * DAY } as const];
    expect(decide({ keeps })).toMatchObject({ kind: "duty", dueAt: END + 5 * DAY });
  });

  it("[garim/hold] destroys nothing under a legal hold, or where there may be one", () => {
    for (const isHeld of [true, undefined as unknown as boolean])
      expect(decide({ isHeld }, END + 999 * DAY)).toMatchObject({
        kind: "keep",
        reason: "legal-hold",
        source: "garim/hold",
        until: null,
      });
  });

  it("[garim/closed] keeps what it cannot read: destroying cannot be undone", () => {
    const unread: Partial<DestructionFacts>[] = [
      { purposeEndedAt: Number.NaN },
      { keeps: "contract" as never },
      { keeps: "" as never },
      { keeps: [{ kind: "diary" as KeptKind, since: END }] },
      { keeps: [{ kind: "toString" as KeptKind, since: END }] },
      { keeps: [{ kind: "contract", since: Number.NaN }] },
      { keeps: [null as never] },
      { keeps: ["contract" as never] },
    ];
    for (const one of unread)
      expect(decide(one, END + 999 * DAY)).toMatchObject({ kind: "keep", reason: "facts-unreadable" });
    expect(decide({}, Number.NaN)).toMatchObject({ kind: "keep", reason: "facts-unreadable" });
    expect(decide({}, Infinity)).toMatchObject({ kind: "keep", reason: "facts-unreadable" });
  });

  it("[pipa/21] is done once the privacy officer has confirmed it", () => {
    const destroyedAt = END + DAY;
    const open = { reason: "destruction-unconfirmed", dueAt: destroyedAt + 5 * DAY };
    expect(decide({ destroyedAt }, destroyedAt + 5 * DAY)).toMatchObject({ ...open, isOverdue: false });
    expect(decide({ destroyedAt }, destroyedAt + 5 * DAY + 1)).toMatchObject({ ...open, isOverdue: true });
    expect(decide({ destroyedAt, confirmedAt: destroyedAt - 1 })).toMatchObject({ kind: "duty" });
    expect(decide({ destroyedAt, confirmedAt: destroyedAt })).toEqual({
      kind: "done",
      reason: "destroyed",
      source: "pipa/21",
    });
    expect(decide({ destroyedAt: Number.NaN, confirmedAt: END })).toMatchObject({ isOverdue: true });
    expect(decide({ destroyedAt: -Infinity, confirmedAt: END })).toMatchObject({ isOverdue: true });
    expect(decide({ destroyedAt, confirmedAt: Infinity })).toMatchObject({ kind: "duty" });
  });
});
