import { describe, expect, it } from "vitest";
import { decideEducated, decideEducation, type EducationFacts } from "./education.ts";
import { DAY } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const strict = resolvePolicy({ educationCondition: 1 });
const ASKED = Date.parse("2026-11-22T12:00:00+09:00");
const never: EducationFacts = { askedAt: ASKED, completedAt: null, months: null };

describe("decideEducation", () => {
  it.each<[string, EducationFacts, number]>([
    ["days after it was asked first", never, ASKED + 14 * DAY],
    [
      "a year after it was completed",
      { ...never, completedAt: ASKED },
      Date.parse("2027-11-22T12:00:00+09:00"),
    ],
    [
      "sooner where the course says so",
      { ...never, completedAt: ASKED, months: 6 },
      Date.parse("2027-05-22T12:00:00+09:00"),
    ],
    [
      "no later where the course says so",
      { ...never, completedAt: ASKED, months: 60 },
      Date.parse("2027-11-22T12:00:00+09:00"),
    ],
  ])("[code-2022/education] is due %s, the last millisecond included", (_, facts, dueAt) => {
    expect(decideEducation(facts, dueAt, policy)).toMatchObject({
      reason: "education-due",
      dueAt,
      isOverdue: false,
    });
    expect(decideEducation(facts, dueAt + 1, policy).isOverdue).toBe(true);
  });

  it.each([
    ["asked at no moment", { ...never, askedAt: Number.NaN }],
    ["completed at no moment", { ...never, completedAt: Number.NaN }],
    ["good for no months", { ...never, completedAt: ASKED, months: 0 }],
  ])("is overdue where it was %s", (_, facts) => {
    expect(decideEducation(facts, ASKED, policy).isOverdue).toBe(true);
  });
});

describe("decideEducated", () => {
  const done = { ...never, completedAt: ASKED };
  const later = ASKED + 15 * DAY;

  it("[code-2022/education] keeps nobody out unless the policy says so", () => {
    expect(decideEducated([never], later, policy).kind).toBe("allow");
    expect(decideEducated([never], later, strict)).toMatchObject({ reason: "education-missing" });
  });

  it("wants every course, and none where none is asked", () => {
    expect(decideEducated([done, never], later, strict).kind).toBe("refuse");
    expect(decideEducated([done, done], later, strict).kind).toBe("allow");
    expect(decideEducated([], later, strict).kind).toBe("allow");
    expect(decideEducated([never], ASKED + 14 * DAY, strict).kind).toBe("allow");
    expect(decideEducated(null as never, ASKED, strict).kind).toBe("refuse");
  });
});
