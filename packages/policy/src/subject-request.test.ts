import { describe, expect, it } from "vitest";
import { DAY } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";
import { decideRequest, REQUEST_KINDS, type RequestKind } from "./subject-request.ts";

const T = Date.parse("2026-11-22T09:00:00+09:00");
const policy = resolvePolicy();
const asked = (kind: RequestKind) => ({ kind, askedAt: T, answeredAt: null });

describe("decideRequest", () => {
  it.each<[RequestKind, string]>([
    ["access", "pipa/35"],
    ["correction", "pipa/36"],
    ["deletion", "pipa/36"],
    ["suspension", "pipa/37"],
  ])("[pipa/35 pipa/36 pipa/37] has a request for %s answered within ten days, by %s", (kind, source) => {
    const last = T + 10 * DAY;
    expect(decideRequest(asked(kind), last, policy)).toMatchObject({ source, dueAt: last, isOverdue: false });
    expect(decideRequest(asked(kind), last + 1, policy)).toMatchObject({ isOverdue: true });
  });

  it("owes nothing once it is answered, and is overdue where nobody can read when it came", () => {
    for (const kind of REQUEST_KINDS) {
      expect(decideRequest({ ...asked(kind), answeredAt: T }, T + 99 * DAY, policy).kind).toBe("allow");
      expect(decideRequest({ ...asked(kind), askedAt: Number.NaN }, T, policy)).toMatchObject({
        isOverdue: true,
      });
    }
  });

  it("takes fewer days where the deployment says so, and no more than the law's", () => {
    const strict = resolvePolicy({ requestDays: 3 });
    expect(decideRequest(asked("access"), T, strict)).toMatchObject({ dueAt: T + 3 * DAY });
    expect(() => resolvePolicy({ requestDays: 11 })).toThrow("allows 1 to 10");
  });
});
