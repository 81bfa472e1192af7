import { type Policy, type Refuse, refuse } from "@garim/policy";
import { answer, leave, type Outcome, refuseTry } from "../account/outcome.ts";
import { hasExpired } from "../account/prompt.ts";
import type { AccountRecord, Place } from "../account/record.ts";
import { countRight, countWrong, judgeTry } from "../account/tries.ts";
import type { FactorMethod } from "../session/session.ts";
import type { Proved } from "./factors.ts";

/** One try to prove something. */
export interface Proof {
  readonly method: FactorMethod;
  readonly place: Place;
  /** Whether the worker may have this kind without having enrolled any: codes by message. */
  readonly needsNoFactor: boolean;
  /** The account with what was offered used up; `undefined` where it is not right. Works as long on any account. */
  use(record: AccountRecord): AccountRecord | undefined;
}

/**
 * Takes a right proof once, and counts a wrong one. Whether a try is wrong, of a kind the worker does not have, or comes while
 * nothing is looked at, it takes the same reads, hashes and writes: the time tells no more than the answer.
 */
export function settleProof(
  record: AccountRecord,
  proof: Proof,
  now: number,
  policy: Policy,
): Outcome<Proved | Refuse> {
  if (record.factors.length === 0 && !proof.needsNoFactor)
    return leave(refuse("second-factor-unenrolled", policy.edition));
  const used = proof.use(record);
  const barrier = judgeTry(record, proof.place, now, policy);
  if (barrier.kind === "refuse") return refuseTry(barrier, record);
  if (used === undefined) {
    const isOver = hasExpired(record, proof.place, proof.method, now);
    return countWrong(record, proof.place, now, policy, isOver ? "challenge-expired" : "second-factor-wrong");
  }
  const proved: Proved = { kind: "proved", method: proof.method, at: now };
  const left = countRight(used, proof.place);
  return proof.method === "recovery" ? answer(proved, left, "recovery-code-used") : answer(proved, left);
}
