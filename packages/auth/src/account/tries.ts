import {
  type Allow,
  countWrongTry,
  decideTry,
  NO_FAILURES,
  type Policy,
  type Refuse,
  refuse,
} from "@garim/policy";
import type { NoticeKind } from "../factor/notice.ts";
import { answer, type Outcome } from "./outcome.ts";
import { endPrompts, promptOf, putPrompt } from "./prompt.ts";
import type { AccountRecord, Place, Tries } from "./record.ts";

/** Nothing tried since the last right one. */
const NO_TRIES: Tries = Object.freeze({
  failures: NO_FAILURES.failures,
  lockedUntil: NO_FAILURES.lockedUntil,
});

/**
 * Judges whether anything may be tried at a place now. What is refused here is not looked at: it neither counts nor uses up
 * what is right.
 *
 * @source notice-2026-9/5-6
 */
export function judgeTry(record: AccountRecord, place: Place, now: number, policy: Policy): Allow | Refuse {
  const { failures: challengeFailures } = promptOf(record, place, now);
  return decideTry({ ...record.tries, challengeFailures }, now, policy);
}

export function isTryAllowed(record: AccountRecord, place: Place, now: number, policy: Policy): boolean {
  return judgeTry(record, place, now, policy).kind === "allow";
}

/** Judges whether a new challenge may be started: the tries of the one before do not matter, the account's do. */
export function judgeStart(record: AccountRecord, now: number, policy: Policy): Allow | Refuse {
  return decideTry({ ...NO_FAILURES, ...record.tries }, now, policy);
}

/**
 * Counts a wrong try, for its challenge and for the account. What a passkey had to sign is used up.
 *
 * @param reason - what the one who tried is told; it says nothing of whether what they typed was right
 */
export function countWrong(
  record: AccountRecord,
  place: Place,
  now: number,
  policy: Policy,
  reason: "second-factor-wrong" | "challenge-expired" = "second-factor-wrong",
): Outcome<Refuse> {
  const prompt = promptOf(record, place, now);
  const facts = { ...record.tries, challengeFailures: prompt.failures };
  const { challengeFailures, ...tries } = countWrongTry(facts, now, policy);
  const counted = putPrompt(record, { ...prompt, failures: challengeFailures, assertion: null }, now);
  return answer(refuse(reason, policy.edition), { ...counted, tries }, ...noticesOf(tries, policy));
}

/** Starts counting anew after a right try: what the session was asked is over. */
export function countRight(record: AccountRecord, { session }: Place): AccountRecord {
  return { ...endPrompts(record, session), tries: NO_TRIES };
}

/** Lifts a lock, also one without end. */
export function forgetTries(record: AccountRecord): AccountRecord {
  return { ...record, tries: NO_TRIES, prompts: [] };
}

function noticesOf(tries: Tries, policy: Policy): readonly NoticeKind[] {
  if (tries.failures >= policy.triesPerFactor) return ["factor-disabled"];
  return tries.lockedUntil === null ? [] : ["account-locked"];
}
