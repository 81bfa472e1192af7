// @ts-check
// Facts to compare an original and its mutant on: nearly all would open something, with one or two things about them changed, and
// `now` lies on the edges that they make themselves. What is odd everywhere is refused early, and tells mutants apart nowhere.

const DAY = 86_400_000;
const MINUTE = 60_000;
const T = Date.parse("2026-11-22T09:00:00+09:00");

/** How long rules let something last, under the policies that are compared. */
const SPANS = [
  ...[0, 5, 10, 15, 30, 60, 720].map((minutes) => minutes * MINUTE),
  ...[1, 3, 7, 14, 30, 90, 180].map((days) => days * DAY),
];
const BESIDE = [-1, 0, 1];
const ODD = [
  undefined,
  Number.NaN,
  Infinity,
  -Infinity,
  -1,
  0,
  5e12,
  String(T),
  "2026-11-22T09:00:00",
  {},
  [],
];

/** A random generator that gives the same numbers on every machine (mulberry32). */
export function createRandom(seed = 20_261_031) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @template V @param {readonly V[]} values @returns {V} */
  const pick = (values) => /** @type {V} */ (values[Math.floor(next() * values.length)]);
  /** @template V, W @param {V} usual @param {readonly W[]} others @returns {V | W} */
  const mostly = (usual, others) => (next() < 0.85 ? usual : pick(others));
  return { next, pick, mostly };
}

/** @typedef {ReturnType<typeof createRandom>} Random */

/** @param {Random} random */
function edge({ pick }) {
  return T - pick(SPANS) + pick(BESIDE);
}

/** @param {Random} random */
function anyMoment(random) {
  return random.mostly(edge(random), ODD);
}

/** @param {Random} random */
function perhaps(random) {
  return random.next() < 0.6 ? null : anyMoment(random);
}

/**
 * A moment at which something about the facts may change: one of their own moments, and a span of the rules after it.
 *
 * @param {unknown} facts
 * @param {Random} random
 */
export function edgeOf(facts, random) {
  const { pick, mostly } = random;
  const at = pick([T, ...momentsOf(facts)]);
  return mostly(at + pick(SPANS) * pick([0, 0, 1]) + pick(BESIDE), [Number.NaN, Infinity, -Infinity, -1]);
}

/** @param {unknown} value @returns {readonly number[]} */
function momentsOf(value) {
  if (typeof value === "number") return value > 1e12 && value < 4e12 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(momentsOf) : [];
}

/** @param {Random} random */
function anyClaim(random) {
  const { pick, mostly } = random;
  const claim = {
    type: mostly(pick(["return", "service", "exchange"]), ["cancellation", "refund", "toString"]),
    openedBy: mostly(pick(["buyer", "operator"]), ["seller", "courier"]),
    openedAt: anyMoment(random),
    closedAt: perhaps(random),
  };
  return mostly(claim, [null, "claim"]);
}

/** @param {Random} random */
function anyLine(random) {
  const { next, mostly } = random;
  const line = {
    paidAt: mostly(edge(random), [null, ...ODD]),
    deliveredAt: perhaps(random),
    purposeEndedAt: next() < 0.5 ? anyMoment(random) : perhaps(random),
    claims: Array.from({ length: Math.floor(next() * 3) }, () => anyClaim(random)),
  };
  return next() < 0.02 ? null : line;
}

/** @param {Random} random */
export function anyDisclosure(random) {
  const { next, pick, mostly } = random;
  return {
    lines: Array.from({ length: next() < 0.7 ? 1 : 2 }, () => anyLine(random)),
    surface: mostly(pick(["view", "download", "tool"]), ["print"]),
    allowed: mostly(pick([32_767, 3]), [0, 1, 32_768, -1, 0.5]),
    ...(next() < 0.3 ? {} : { states: pick([["open"], ["claim"], ["open", "claim"], [], "open"]) }),
  };
}

/**
 * When a second factor was proved, seen from now.
 *
 * @param {number} now
 * @param {Random} random
 */
export function proofBefore(now, random) {
  const { pick, mostly } = random;
  return mostly(now - pick(SPANS.slice(0, 7)) + pick(BESIDE), [null, ...ODD]);
}

/** An open and an ended line in every state, on every surface: no draw leaves an edge out. */
export function* gridOfLines() {
  const moments = [null, Number.NaN, ...SPANS.flatMap((span) => BESIDE.map((beside) => T - span + beside))];
  for (const surface of ["view", "download", "tool"])
    for (const paidAt of [null, Number.NaN, T - DAY])
      for (const deliveredAt of moments)
        for (const purposeEndedAt of moments)
          yield {
            lines: [{ paidAt, deliveredAt, purposeEndedAt, claims: [] }],
            surface,
            allowed: 32_767,
            secondFactorAt: T,
          };
}

/** A line that ended inside or outside the window with one claim, around every edge of it; to be judged at `T`. */
export function* gridOfClaims() {
  const around = (/** @type {number} */ at) => BESIDE.map((beside) => at + beside);
  for (const surface of ["view", "download", "tool"])
    for (const purposeEndedAt of [T - DAY, T - 91 * DAY])
      for (const openedBy of ["buyer", "operator", "seller"])
        for (const openedAt of [...around(T), ...around(T - 14 * DAY)])
          for (const closedAt of [null, Number.NaN, ...around(T)])
            for (const secondFactorAt of [null, ...around(T), ...around(T - 30 * MINUTE)])
              yield {
                lines: [
                  {
                    paidAt: T - 99 * DAY,
                    deliveredAt: null,
                    purposeEndedAt,
                    claims: [{ type: "return", openedBy, openedAt, closedAt }],
                  },
                ],
                surface,
                allowed: 32_767,
                secondFactorAt,
                states: ["claim"],
              };
}

/** The moment of the grids. */
export const GRID_NOW = T;

/** @param {Random} random */
export function anyState(random) {
  const { next, pick, mostly } = random;
  const texts = [
    "2026-11-22T09:00:00",
    "2026-13-01T00:00Z",
    "x2026-11-22T09:00Z",
    "2026-11-22T09:00Z ",
    "2026-11-22T00:00:00.0000000000000000000000000Z",
  ];
  const given = () => mostly(pick([edge(random), "2026-11-22 09:00+09:00", new Date(T)]), [...texts, ...ODD]);
  const optional = () => (next() < 0.6 ? null : given());
  const claim = Object.assign({}, anyClaim(random), { openedAt: given(), closedAt: optional() });
  const state = {
    ...(next() < 0.7 ? { paidAt: mostly(given(), [null]) } : { purposeBeganAt: given() }),
    deliveredAt: optional(),
    purposeEndedAt: optional(),
    claim: pick([null, claim, [claim], "claim"]),
  };
  return mostly(pick([state, [state]]), [[], [state, null], null, "paid"]);
}

/** @param {Random} random */
export function anySession(random) {
  return { authenticatedAt: anyMoment(random), lastActivityAt: anyMoment(random) };
}

/** @param {number} now @param {Random} random */
export function anyStepUp(now, random) {
  const { next, pick, mostly } = random;
  const change = () => mostly(now - pick(SPANS.slice(0, 7)) + pick(BESIDE), [null, ...ODD]);
  return {
    secondFactorAt: proofBefore(now, random),
    ...(next() < 0.3 ? { deviceSince: change() } : {}),
    ...(next() < 0.3 ? { networkSince: change() } : {}),
    ...(next() < 0.4 ? { rows: pick([0, 1_000, 1_001, null, Number.NaN]) } : {}),
    purpose: mostly("shipping", [" ", "", 7]),
    kinds: mostly(5, [0, 1, -1, 32_768]),
    allowed: mostly(3, [0, 4, -1, 32_768]),
  };
}

/** @param {Random} random */
export function anyGrant(random) {
  const { pick, mostly } = random;
  const contract = () =>
    mostly({ signedAt: anyMoment(random), endsAt: perhaps(random) }, [null, undefined, "signed"]);
  return {
    sellerId: mostly("a", ["b", "", undefined]),
    toolId: mostly("x", ["y", "", undefined]),
    kinds: mostly(pick([7, 1]), [0, -1]),
    purposes: mostly(["shipping"], [["claims"], [], "shipping"]),
    states: ["open"],
    grantedAt: anyMoment(random),
    endsAt: perhaps(random),
    revokedAt: perhaps(random),
    contract: contract(),
    agreement: contract(),
  };
}

/** @param {Random} random */
export function anyAsk({ pick, mostly }) {
  return {
    sellerId: mostly("a", ["b", "", undefined]),
    toolId: mostly("x", ["y", "", undefined]),
    purpose: mostly("shipping", ["ship", ""]),
    kinds: mostly(pick([1, 7]), [0, -1]),
  };
}

/** @param {Random} random */
export function anyNetwork({ pick }) {
  const flags = [true, false, undefined, "yes"];
  return { caller: pick(["tool", "person", "robot"]), hasList: pick(flags), isListed: pick(flags) };
}

/** @param {Random} random */
export function anyAccount(random) {
  return { givenAt: anyMoment(random), usedAt: perhaps(random) };
}

/** @param {Random} random */
export function anyTries(random) {
  const { pick } = random;
  const counts = [0, 1, 3, 4, 5, 8, 9, 10, 18, 19, 29, 98, 99, 100, 101, -1, 0.5, Number.NaN];
  return {
    challengeFailures: pick(counts.slice(0, 6)),
    failures: pick(counts),
    lockedUntil: perhaps(random),
  };
}

/** @param {Random} random */
export function anyRoles({ pick }) {
  return pick([
    ...["owner", "viewer", "shipper", "claims", "downloader", "boss", "toString"].map((role) => [role]),
    ["shipper", "claims"],
    [],
    "owner",
    null,
    [["owner"]],
    [null],
  ]);
}

const NUMBERS = [
  "idleMinutes",
  "absoluteHours",
  "viewFreshMinutes",
  "downloadFreshMinutes",
  "bulkFreshMinutes",
  "bulkRows",
  "networkFreshMinutes",
  "manageFreshMinutes",
  "unconfirmedDays",
  "downloadDays",
  "claimDays",
  "grantDays",
  "triesPerChallenge",
  "triesPerAccount",
  "triesPerFactor",
  "lockMinutes",
  "lockMostMinutes",
  "dormantDays",
];
const VALUES = [
  -1, 0, 1, 5, 6, 10, 11, 14, 15, 24, 25, 30, 31, 59, 60, 61, 90, 91, 100, 101, 180, 181, 720, 721, 1_000,
  1_001, 1.5,
];

/** Options to start with. */
export const OPTIONS = [
  ...NUMBERS.flatMap((name) => [...VALUES, Number.NaN, "20", Infinity].map((value) => ({ [name]: value }))),
  { edition: "kr-2022-07-13", claimDays: 1 },
  { edition: "kr-2099-01-01" },
  { downloadDay: 1 },
];
