import { type Allow, type Policy, type Refuse, refuse } from "@garim/policy";
import { answer, leave, type Outcome } from "../account/outcome.ts";
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
  /** The account with what was offered used up; `undefined` where it is not right. */
  use(record: AccountRecord): AccountRecord | undefined;
}

/** Takes a right proof once, and counts a wrong one. */
export function settleProof(
  record: AccountRecord,
  proof: Proof,
  now: number,
  policy: Policy,
): Outcome<Proved | Refuse> {
  const barrier = judgeProof(record, proof, now, policy);
  if (barrier.kind === "refuse") return leave(barrier);
  const used = proof.use(record);
  if (used === undefined) return countWrong(record, proof.place, now, policy);
  const proved: Proved = { kind: "proved", method: proof.method, at: now };
  const left = countRight(used, proof.place);
  return proof.method === "recovery" ? answer(proved, left, "recovery-code-used") : answer(proved, left);
}

function judgeProof(record: AccountRecord, proof: Proof, now: number, policy: Policy): Allow | Refuse {
  const isUnenrolled = record.factors.length === 0 && !proof.needsNoFactor;
  if (isUnenrolled) return refuse("second-factor-unenrolled", policy.edition);
  return judgeTry(record, proof.place, now, policy);
}
