import { describe, expect, it } from "vitest";
import { resolvePolicy } from "./policy.ts";
import { decideReview, decideReviewer, type ReviewerFacts } from "./review.ts";

const policy = resolvePolicy();
const at = (text: string) => Date.parse(`${text}+09:00`);

describe("decideReview", () => {
  it("[notice-2026-9/8-2] is due a month after the last one, the last millisecond in time", () => {
    const facts = { since: at("2026-01-01T00:00:00"), reviewedAt: at("2026-10-22T09:00:00") };
    const dueAt = at("2026-11-22T09:00:00");
    expect(decideReview(facts, dueAt, policy)).toEqual({
      kind: "duty",
      reason: "review-due",
      source: "notice-2026-9/8-2",
      dueAt,
      isOverdue: false,
    });
    expect(decideReview(facts, dueAt + 1, policy).isOverdue).toBe(true);
  });

  it("[notice-2026-9/8-2] counts the first one from the beginning, by the deployment's cycle", () => {
    const facts = { since: at("2026-01-01T00:00:00"), reviewedAt: null };
    expect(decideReview(facts, 0, policy).dueAt).toBe(at("2026-02-01T00:00:00"));
    const yearly = resolvePolicy({ reviewMonths: 12 });
    expect(decideReview(facts, 0, yearly).dueAt).toBe(at("2027-01-01T00:00:00"));
  });

  it("[garim/closed] is overdue where nobody can read the last one, or the clock", () => {
    const since = at("2026-01-01T00:00:00");
    expect(decideReview({ since, reviewedAt: Number.NaN }, since, policy).isOverdue).toBe(true);
    expect(decideReview({ since, reviewedAt: -1e15 }, -1e15, policy).isOverdue).toBe(true);
    expect(decideReview({ since, reviewedAt: null }, Number.NaN, policy).isOverdue).toBe(true);
    expect(decideReview({ since, reviewedAt: null }, -Infinity, policy).isOverdue).toBe(true);
  });
});

describe("decideReviewer", () => {
  it("[notice-2026-9/8-2] lets only somebody review who does not operate the system", () => {
    expect(decideReviewer({ isOperating: false }, policy)).toEqual({ kind: "allow" });
    for (const isOperating of [true, undefined])
      expect(decideReviewer({ isOperating } as ReviewerFacts, policy)).toMatchObject({
        reason: "reviewer-operates",
      });
  });
});
