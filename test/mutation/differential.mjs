// @ts-check
import * as facts from "./facts.mjs";

/**
 * Asks the original's or the mutant's rules about the same facts.
 *
 * @typedef {(module: any, policy: any) => any} Question
 * @typedef {import("./facts.mjs").Random} Random
 */

/** For being let in, or for rows that are there though masked: a bit above those of kinds. */
const ENTERED = 1 << 20;
const DRAWS = 8_000;

/** @returns {Generator<Question>} */
function* questions() {
  for (const grid of [facts.gridOfLines(), facts.gridOfClaims()])
    for (const one of grid) yield (module, policy) => module.decideDisclosure(one, facts.GRID_NOW, policy);
  const random = facts.createRandom();
  for (let i = 0; i < DRAWS; i++) {
    yield* questionsOfLines(random);
    yield* questionsOfPeople(random);
    yield* questionsOfTools(random);
  }
}

/** @param {Random} random @returns {Generator<Question>} */
function* questionsOfLines(random) {
  const drawn = facts.anyDisclosure(random);
  const now = facts.edgeOf(drawn, random);
  const asked = { ...drawn, secondFactorAt: facts.proofBefore(now, random) };
  yield (module, policy) => module.decideDisclosure(asked, now, policy);
  const state = facts.anyState(random);
  const then = facts.edgeOf(state, random);
  yield (module, policy) =>
    module.decideDisclosure({ ...asked, lines: module.readLines(state), secondFactorAt: then }, then, policy);
}

/** @param {Random} random @returns {Generator<Question>} */
function* questionsOfPeople(random) {
  const session = facts.anySession(random);
  const now = facts.edgeOf(session, random);
  yield (module, policy) => module.decideSession(session, now, policy);
  const stepUp = facts.anyStepUp(now, random);
  const action = random.pick(["view", "download", "manage", "export"]);
  yield (module, policy) => module.decideStepUp(stepUp, action, now, policy);
  yield (module, policy) => module.decideDownload(stepUp, now, policy);
  const roles = facts.anyRoles(random);
  const deed = random.pick(["view", "download", "manageFactors", "manageStaff", "connectTool"]);
  yield (module, policy) => module.decideAction(roles, deed, policy);
  yield (module, policy) => module.kindsOfRoles(roles, policy);
  yield* questionsOfAccounts(random);
}

/** @param {Random} random @returns {Generator<Question>} */
function* questionsOfAccounts(random) {
  const account = facts.anyAccount(random);
  const now = facts.edgeOf(account, random);
  yield (module, policy) => module.decideDormancy(account, now, policy);
  const tries = facts.anyTries(random);
  const then = facts.edgeOf(tries, random);
  yield (module, policy) => module.decideTry(tries, then, policy);
  // A lock is as long as it is counted: judged on its edges after one more wrong code.
  const later = facts.edgeOf(then, random);
  yield (module, policy) => module.decideTry(module.countWrongTry(tries, then, policy), later, policy);
}

/** @param {Random} random @returns {Generator<Question>} */
function* questionsOfTools(random) {
  const grant = facts.anyGrant(random);
  const ask = facts.anyAsk(random);
  const now = facts.edgeOf(grant, random);
  yield (module, policy) => module.decideGrant(grant, ask, now, policy);
  const network = facts.anyNetwork(random);
  yield (module, policy) => module.decideNetwork(network, policy);
}

/**
 * How much an answer reveals, as bits: the kinds shown clear, and {@link ENTERED}. What throws reveals nothing.
 *
 * @param {() => any} ask
 * @returns {number}
 */
function revealed(ask) {
  try {
    const answer = ask();
    if (typeof answer === "number") return answer;
    const isOpen = ["reveal", "mask", "granted", "download", "allow"].includes(answer.kind);
    return isOpen ? ENTERED | (answer.clear ?? answer.kinds ?? 0) : 0;
  } catch {
    return 0;
  }
}

/** @param {any} module @param {any} options */
function starts(module, options) {
  try {
    module.resolvePolicy(options);
    return true;
  } catch {
    return false;
  }
}

/** The usual policy, the oldest, and one stricter in everything that has an edge. */
const POLICIES = [
  {},
  { edition: "kr-2022-07-13" },
  { claimDays: 3, downloadDays: 1, grantDays: 7, idleMinutes: 5 },
];

/**
 * Whether a mutant ever reveals more than the original: on facts around all edges, on random ones, under several policies; or
 * starts with options the original refuses.
 *
 * @param {any} original - the package's index, an instance of its own
 * @param {any} mutant
 */
export function revealsMore(original, mutant) {
  if (facts.OPTIONS.some((options) => starts(mutant, options) && !starts(original, options))) return true;
  return POLICIES.some((options) => {
    if (!starts(mutant, options)) return false;
    const [ours, theirs] = [original.resolvePolicy(options), mutant.resolvePolicy(options)];
    for (const ask of questions())
      if (revealed(() => ask(mutant, theirs)) & ~revealed(() => ask(original, ours))) return true;
    return false;
  });
}
