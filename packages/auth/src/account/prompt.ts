import { AUTH_DEFAULTS } from "../defaults.ts";
import type { FactorMethod } from "../session/session.ts";
import type { AccountRecord, Place, Prompt, StoredMessage } from "./record.ts";

/**
 * Tells whether what was started at a moment still lives. A clock that went back makes nothing live longer: what was started
 * further in the future than clocks of nodes differ is over.
 */
export function isLive({ startedAt }: { readonly startedAt: number }, now: number): boolean {
  const age = now - startedAt;
  return age >= -AUTH_DEFAULTS.clockSkewMs && age < AUTH_DEFAULTS.challengeMs;
}

/** When what was started at a moment is over, UTC milliseconds, exclusive. */
export function endOf(startedAt: number): number {
  return startedAt + AUTH_DEFAULTS.challengeMs;
}

/** The live challenge of a place; a fresh one where there is none. */
export function promptOf(record: AccountRecord, place: Place, now: number): Prompt {
  const found = record.prompts.find((prompt) => isSamePlace(prompt, place) && isLive(prompt, now));
  return found ?? startPrompt(place, now);
}

/** A challenge nobody answered yet. */
export function startPrompt({ session, action }: Place, now: number): Prompt {
  return { session, action, startedAt: now, failures: 0, assertion: null };
}

/** Stores a challenge instead of its place's one. Those that are over go, and the oldest where there are too many. */
export function putPrompt(record: AccountRecord, prompt: Prompt, now: number): AccountRecord {
  const others = record.prompts.filter((other) => isLive(other, now) && !isSamePlace(other, prompt));
  return { ...record, prompts: [...others, prompt].slice(-AUTH_DEFAULTS.challenges) };
}

/** The live code by message of a place. */
export function messageOf({ message }: AccountRecord, place: Place, now: number): StoredMessage | undefined {
  return message !== null && isSamePlace(message, place) && isLive(message, now) ? message : undefined;
}

/** Whether what a place was asked, by message or of a passkey, is over: right or wrong, nothing answers it any more. */
export function hasExpired(
  { message, prompts }: AccountRecord,
  place: Place,
  method: FactorMethod,
  now: number,
): boolean {
  const isOver = (one: Prompt | StoredMessage): boolean => isSamePlace(one, place) && !isLive(one, now);
  if (method === "message") return message !== null && isOver(message);
  return method === "passkey" && prompts.some((prompt) => prompt.assertion !== null && isOver(prompt));
}

/** Takes away what a session was asked: its id changes with every proof, so nothing could answer it any more. */
export function endPrompts(record: AccountRecord, session: string): AccountRecord {
  const isOthers = (place: Place) => place.session !== session;
  const message = record.message !== null && isOthers(record.message) ? record.message : null;
  return { ...record, prompts: record.prompts.filter(isOthers), message };
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.session === other.session && one.action === other.action;
}
