import fc from "fast-check";
import type { Disclosure } from "../src/decision.ts";
import type { DisclosureFacts } from "../src/disclosure-facts.ts";
import type { NumberRule, PolicyNumbers } from "../src/edition.ts";
import { EDITIONS } from "../src/editions.ts";
import type { LineFacts } from "../src/line.ts";
import { DAY } from "../src/moment.ts";
import { ALL_KINDS, type KindSet } from "../src/pii-kind.ts";
import { type Policy, type PolicyOptions, resolvePolicy } from "../src/policy.ts";

/** Facts lie around this moment, so that windows open and close among them. */
const AROUND = Date.parse("2026-11-22T09:00:00+09:00");
const moment = fc.integer({ min: AROUND - 400 * DAY, max: AROUND + 400 * DAY });
const perhaps = fc.option(moment);

const claim = fc.record({
  type: fc.constantFrom("cancellation" as const, "return" as const, "exchange" as const, "service" as const),
  openedBy: fc.constantFrom("buyer" as const, "operator" as const, "seller" as const),
  openedAt: moment,
  closedAt: perhaps,
});

const line: fc.Arbitrary<LineFacts> = fc.record({
  paidAt: perhaps,
  deliveredAt: perhaps,
  purposeEndedAt: perhaps,
  claims: fc.array(claim, { maxLength: 3 }),
});

/** Readable facts of every kind. */
export const anyFacts: fc.Arbitrary<DisclosureFacts> = fc.record(
  {
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    surface: fc.constantFrom("view" as const, "download" as const, "tool" as const),
    allowed: fc.integer({ min: 0, max: ALL_KINDS }),
    secondFactorAt: perhaps,
    states: fc.subarray(["open" as const, "claim" as const]),
  },
  { requiredKeys: ["lines", "surface", "allowed", "secondFactorAt"] },
);

/** What is no moment: missing, odd or hostile. */
const noMoment: fc.Arbitrary<unknown> = fc
  .oneof(fc.constantFrom(Number.NaN, Infinity, -Infinity, -1, 4_102_444_800_001, undefined), fc.anything())
  .filter(
    (value) => value !== null && !(typeof value === "number" && value >= 0 && value <= 4_102_444_800_000),
  );

const OPEN: LineFacts = { paidAt: AROUND, deliveredAt: null, purposeEndedAt: null, claims: [] };

/** Facts that would reveal everything, but for one thing that cannot be read. */
export const hostileFacts: fc.Arbitrary<DisclosureFacts> = fc
  .tuple(
    fc.constantFrom("paidAt", "deliveredAt", "purposeEndedAt", "lines", "line", "surface", "allowed"),
    noMoment,
  )
  .map(([where, odd]) => {
    const open = { lines: [OPEN], surface: "view", allowed: ALL_KINDS, secondFactorAt: AROUND } as const;
    if (where === "line") return { ...open, lines: [odd] };
    if (where === "lines") return { ...open, lines: Array.isArray(odd) ? [] : odd };
    if (where === "surface" || where === "allowed") return { ...open, [where]: odd };
    return { ...open, lines: [{ ...OPEN, [where]: odd }] };
  }) as fc.Arbitrary<DisclosureFacts>;

/** Numbers of which a smaller one is stricter. */
const SMALLER_IS_STRICTER: readonly (keyof PolicyNumbers)[] = [
  "idleMinutes",
  "absoluteHours",
  "viewFreshMinutes",
  "downloadFreshMinutes",
  "bulkFreshMinutes",
  "networkFreshMinutes",
  "manageFreshMinutes",
  "unconfirmedDays",
  "downloadDays",
  "claimDays",
  "grantDays",
];

const edition = fc.constantFrom(...EDITIONS);

/** Two policies of one edition, the first at least as strict as the second in every number. */
export const stricterPair: fc.Arbitrary<readonly [Policy, Policy]> = edition.chain((one) =>
  fc.tuple(...SMALLER_IS_STRICTER.map((name) => between(one.numbers[name]))).map(
    (pairs) =>
      [
        resolve(
          one.id,
          pairs.map(([low]) => low),
        ),
        resolve(
          one.id,
          pairs.map(([, high]) => high),
        ),
      ] as const,
  ),
);

export const anyPolicy: fc.Arbitrary<Policy> = stricterPair.map(([, policy]) => policy);

function between({ least, most }: NumberRule): fc.Arbitrary<readonly [number, number]> {
  const number = fc.integer({ min: least, max: most });
  return fc.tuple(number, number).map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);
}

function resolve(id: string, values: readonly number[]): Policy {
  const numbers = SMALLER_IS_STRICTER.map((name, i) => [name, values[i]]);
  return resolvePolicy({ edition: id, ...Object.fromEntries(numbers) } as PolicyOptions);
}

/** What a disclosure shows clear. */
export function clearOf(disclosure: Disclosure): KindSet {
  return disclosure.kind === "reveal" ? disclosure.clear : 0;
}
