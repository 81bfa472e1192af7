import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyFacts, anyPolicy, clearOf, hostileFacts, stricterPair } from "../test/arbitraries.ts";
import { decideDisclosure } from "./disclosure.ts";
import { decideGrant, type GrantFacts } from "./grant.ts";
import { readLines } from "./line.ts";
import { DAY, MINUTE } from "./moment.ts";
import { NO_KINDS } from "./pii-kind.ts";
import { decideSession } from "./session.ts";
import { decideStepUp } from "./step-up.ts";

const T = Date.parse("2026-11-22T09:00:00+09:00");
const moment = fc.integer({ min: T - 400 * DAY, max: T + 400 * DAY });
const later = fc.integer({ min: 0, max: 400 * DAY });
const RUNS = { numRuns: 500 };

describe("[garim/closed] whatever the facts", () => {
  it("a stricter policy never reveals more", () => {
    fc.assert(
      fc.property(anyFacts, moment, stricterPair, (facts, now, [strict, lax]) => {
        const more =
          clearOf(decideDisclosure(facts, now, strict)) & ~clearOf(decideDisclosure(facts, now, lax));
        expect(more).toBe(NO_KINDS);
      }),
      RUNS,
    );
  });

  it("later never reveals more, claims aside", () => {
    const withoutClaims = anyFacts.map((facts) => ({
      ...facts,
      lines: facts.lines.map((line) => ({ ...line, claims: [] })),
    }));
    fc.assert(
      fc.property(withoutClaims, moment, later, anyPolicy, (facts, now, passed, policy) => {
        const before = clearOf(decideDisclosure(facts, now, policy));
        expect(clearOf(decideDisclosure(facts, now + passed, policy)) & ~before).toBe(NO_KINDS);
      }),
      RUNS,
    );
  });

  it("nothing is revealed beyond what role or grant allow", () => {
    fc.assert(
      fc.property(anyFacts, moment, anyPolicy, (facts, now, policy) => {
        expect(clearOf(decideDisclosure(facts, now, policy)) & ~facts.allowed).toBe(NO_KINDS);
      }),
      RUNS,
    );
  });

  it("more lines never reveal less of shared fields, and their order does not matter", () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, moment, anyPolicy, (facts, other, now, policy) => {
        const judge = (lines: typeof facts.lines) => decideDisclosure({ ...facts, lines }, now, policy);
        const all = judge([...facts.lines, ...other.lines]);
        expect(clearOf(judge(facts.lines)) & ~clearOf(all)).toBe(NO_KINDS);
        expect(clearOf(judge([...other.lines, ...facts.lines]))).toBe(clearOf(all));
      }),
      RUNS,
    );
  });

  it("missing, odd or hostile facts never reveal and never throw", () => {
    fc.assert(
      fc.property(hostileFacts, anyPolicy, (facts, policy) => {
        expect(clearOf(decideDisclosure(facts, T, policy))).toBe(NO_KINDS);
      }),
      RUNS,
    );
  });

  it("what a host gives as state never throws, and reveals only with a readable payment", () => {
    fc.assert(
      fc.property(fc.anything(), anyPolicy, (state, policy) => {
        const lines = readLines(state);
        const facts = { lines, surface: "view", allowed: 1, secondFactorAt: T } as const;
        const isPaid = lines.some((line) => Number.isFinite(line.paidAt));
        if (!isPaid) expect(clearOf(decideDisclosure(facts, T, policy))).toBe(NO_KINDS);
      }),
      RUNS,
    );
  });
});

describe("[notice-2026-9/6-4 code-2022/second-factor] sessions and second factors", () => {
  const session = fc.record({ authenticatedAt: moment, lastActivityAt: moment });

  it("an ended session stays ended, and a stricter policy ends it no later", () => {
    fc.assert(
      fc.property(session, moment, later, stricterPair, (facts, now, passed, [strict, lax]) => {
        const lives = (at: number, policy: typeof strict) =>
          decideSession(facts, at, policy).kind === "allow";
        if (!lives(now, lax)) expect([lives(now + passed, lax), lives(now, strict)]).toEqual([false, false]);
      }),
      RUNS,
    );
  });

  it("a factor once stale stays stale, and a stricter policy keeps it no longer", () => {
    const factor = fc.record({
      secondFactorAt: moment,
      networkSince: fc.option(moment),
      deviceSince: fc.option(moment),
    });
    const action = fc.constantFrom("view" as const, "download" as const, "manage" as const);
    const minutes = fc.integer({ min: 0, max: 800 * MINUTE });
    fc.assert(
      fc.property(
        factor,
        action,
        minutes,
        later,
        stricterPair,
        (facts, which, age, passed, [strict, lax]) => {
          const now = facts.secondFactorAt + age;
          const isFresh = (at: number, policy: typeof strict) =>
            decideStepUp(facts, which, at, policy).kind === "allow";
          if (!isFresh(now, lax))
            expect([isFresh(now + passed, lax), isFresh(now, strict)]).toEqual([false, false]);
        },
      ),
      RUNS,
    );
  });
});

describe("[toolcode-2022/grant] grants", () => {
  const contract = fc.option(fc.record({ signedAt: fc.constant(T - DAY), endsAt: fc.option(moment) }), {
    freq: 9,
  });
  const grant: fc.Arbitrary<GrantFacts> = fc.record({
    sellerId: fc.constantFrom("a", "b"),
    toolId: fc.constantFrom("x", "y"),
    kinds: fc.integer({ min: 0, max: 32_767 }),
    purposes: fc.subarray(["shipping", "claims"]),
    states: fc.constant([]),
    grantedAt: fc.constant(T - DAY),
    endsAt: fc.option(moment),
    revokedAt: fc.option(moment),
    contract,
    agreement: contract,
  });
  const ask = { sellerId: "a", toolId: "x", purpose: "shipping", kinds: 7 } as const;

  it("a grant once ended stays ended, a stricter policy ends it no later, and none gives more than both sides named", () => {
    fc.assert(
      fc.property(grant, fc.nat(400 * DAY), later, stricterPair, (facts, age, passed, [strict, lax]) => {
        const judge = (at: number, policy: typeof strict) => decideGrant(facts, ask, T + at, policy);
        const given = judge(age, lax);
        if (given.kind === "granted") expect(given.kinds & ~(facts.kinds & ask.kinds)).toBe(NO_KINDS);
        else expect([judge(age + passed, lax).kind, judge(age, strict).kind]).toEqual(["refuse", "refuse"]);
      }),
      RUNS,
    );
  });
});
