import { ALL_KINDS, DAY, GRANT_STATES, kindSet } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import type { Narrowing, StoredGrant } from "./grant.ts";
import { isStanding, narrowed } from "./scope.ts";
import { findUnused } from "./uses/unused.ts";

const grant: StoredGrant = {
  id: "g",
  toolId: "t",
  sellerId: "s",
  kinds: kindSet(["name", "phone"]),
  purposes: ["fulfilment", "service"],
  states: ["open", "claim"],
  grantedAt: NOON,
  grantedBy: { staffId: "kim" },
  changedAt: null,
  endsAt: NOON + 180 * DAY,
  revokedAt: null,
};

const anyNarrowing: fc.Arbitrary<Narrowing> = fc.record(
  {
    kinds: fc.oneof(fc.integer(), fc.integer({ min: 0, max: ALL_KINDS }), fc.constant(Number.NaN)),
    purposes: fc.array(fc.constantFrom("fulfilment", "service", "marketing", "")),
    states: fc.array(fc.constantFrom(...GRANT_STATES)),
    endsAt: fc.oneof(fc.integer(), fc.double(), fc.integer({ min: NOON, max: NOON + 999 * DAY })),
  },
  { requiredKeys: [] },
);

describe("narrowed", () => {
  it("[J6] only ever takes away, whatever it is given and how often", () => {
    fc.assert(
      fc.property(fc.array(anyNarrowing, { minLength: 1, maxLength: 5 }), (steps) => {
        let before = grant;
        for (const step of steps) {
          const after = narrowed(before, step, NOON + 1);
          expect(after.kinds & ~before.kinds).toBe(0);
          expect(before.purposes).toEqual(expect.arrayContaining([...after.purposes]));
          expect(before.states).toEqual(expect.arrayContaining([...after.states]));
          expect(after.endsAt).toBeLessThanOrEqual(before.endsAt);
          expect(Number.isSafeInteger(after.endsAt)).toBe(true);
          before = after;
        }
        const isEmpty = before.kinds === 0 || before.purposes.length === 0 || before.states.length === 0;
        if (isEmpty) expect(before.revokedAt).toBe(NOON + 1);
      }),
    );
  });
});

describe("isStanding", () => {
  it.each([
    [NOON + 180 * DAY - 1, {}, true],
    [NOON + 180 * DAY, {}, false],
    [NOON, { revokedAt: NOON }, false],
    [Number.NaN, {}, false],
  ])("at %d of %j says %s", (now, more, stands) => {
    expect(isStanding({ ...grant, ...more }, now)).toBe(stands);
  });
});

describe("findUnused", () => {
  const now = NOON + 30 * DAY;
  const uses = (at: number) =>
    new Map(["kind:name", "kind:phone", "purpose:fulfilment", "purpose:service"].map((scope) => [scope, at]));

  it.each([
    ["30 days after it was granted, all of it", grant, new Map(), 2],
    ["what was used 30 days ago", grant, uses(NOON), 2],
    ["nothing that was used a millisecond later", grant, uses(NOON + 1), undefined],
    ["nothing of a younger grant", { ...grant, grantedAt: NOON + 1 }, new Map(), undefined],
    ["nothing of one that is over", { ...grant, endsAt: now }, new Map(), undefined],
    ["nothing of one that was revoked", { ...grant, revokedAt: NOON }, new Map(), undefined],
  ])("finds %s", (_, of, usedAt, purposes) => {
    expect(findUnused(of, usedAt, now, 30)?.purposes.length).toBe(purposes);
  });

  it("says whether anything is left that is used", () => {
    const used = new Map([...uses(0), ["kind:name", now] as const, ["purpose:service", now] as const]);
    expect(findUnused(grant, used, now, 30)).toEqual({
      grant,
      kinds: kindSet(["phone"]),
      purposes: ["fulfilment"],
      isWhole: false,
    });
  });
});
