import { describe, expect, it } from "vitest";
import { addMonths, DAY } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";
import { decideConfirmer, decideRecordEnd, decideScheduled, type StoredFacts } from "./schedule.ts";

const policy = resolvePolicy();
const END = Date.parse("2026-11-22T09:00:00+09:00");
const contract = { kind: "contract", since: END - 10 * DAY } as const;
const facts: StoredFacts = { purposeEndedAt: END, keeps: [], isHeld: false, isApart: false };
const decide = (more: Partial<StoredFacts>, now = END) => decideRecordEnd({ ...facts, ...more }, now, policy);

describe("decideRecordEnd", () => {
  it("[pipa/21] has what nothing keeps destroyed, the last millisecond of five days in time", () => {
    const duty = { reason: "destruction-due", dueAt: END + 5 * DAY };
    expect(decide({}, END + 5 * DAY)).toMatchObject({ ...duty, isOverdue: false });
    expect(decide({}, END + 5 * DAY + 1)).toMatchObject({ ...duty, isOverdue: true });
  });

  it("[pipa/21 ecommerce/6] has what another law keeps stored apart first, and destroyed when that law's time is over", () => {
    const keeps = [contract];
    const over = addMonths(contract.since, 60);
    expect(decide({ keeps })).toMatchObject({ reason: "separation-due", dueAt: END + 5 * DAY });
    expect(decide({ keeps }, END + 5 * DAY + 1)).toMatchObject({ isOverdue: true });
    expect(decide({ keeps, isApart: true })).toMatchObject({ reason: "kept-by-law", until: over });
    expect(decide({ keeps, isApart: true }, over)).toMatchObject({
      reason: "destruction-due",
      dueAt: over + 5 * DAY,
    });
  });

  it.each<[string, Partial<StoredFacts>, string]>([
    ["is still needed", { purposeEndedAt: null, keeps: [contract] }, "purpose-not-ended"],
    ["is held", { isHeld: true, keeps: [contract] }, "legal-hold"],
    ["cannot be read", { purposeEndedAt: Number.NaN }, "facts-unreadable"],
  ])("[garim/hold] leaves what %s where it is", (_, more, reason) => {
    expect(decide(more, END + 400 * DAY)).toMatchObject({ kind: "keep", reason });
  });
});

describe("decideScheduled", () => {
  it.each([
    [0, false, "allow"],
    [1, true, "allow"],
    [1, false, "refuse"],
  ])("[pipa/21] under the condition %d with a schedule %s: %s", (scheduleCondition, has, kind) => {
    expect(decideScheduled(has, resolvePolicy({ scheduleCondition })).kind).toBe(kind);
  });
});

describe("decideConfirmer", () => {
  it("[pipa/21] takes anybody but whoever destroyed", () => {
    expect(decideConfirmer(false, policy).kind).toBe("allow");
    expect(decideConfirmer(true, policy)).toMatchObject({ reason: "destroyer-confirms" });
    expect(decideConfirmer(undefined as never, policy).kind).toBe("refuse");
  });
});
