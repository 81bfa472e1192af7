import { MINUTE, type Policy } from "@garim/policy";
import { stateUnavailable } from "../state/store.ts";
import type { SealedSecret } from "./sealed-secret.ts";

/** What is stored of a worker's TOTP factor. Moments are UTC milliseconds. */
export interface TotpRecord {
  readonly secret: SealedSecret;
  /** When the first code proved that the app has the secret; `null` while pending. */
  readonly confirmedAt: number | null;
  /** The newest time step that was used: it and earlier ones are never taken again. */
  readonly usedStep: number | null;
  /** Wrong codes since the last right one, over all sessions, locks included. */
  readonly failures: number;
  /** Exclusive: at that very moment codes are taken again. */
  readonly lockedUntil: number | null;
}

export function encodeTotp(record: TotpRecord): string {
  return JSON.stringify(record);
}

/** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the value is none of {@link encodeTotp} */
export function decodeTotp(value: string): TotpRecord {
  try {
    const record = JSON.parse(value) as TotpRecord;
    if (typeof record.secret.keyId === "string" && Number.isSafeInteger(record.failures)) return record;
  } catch {
    // Told below, without the value.
  }
  throw stateUnavailable("A stored factor cannot be read. Restore the key v1/totp/… of the state store.");
}

/** A factor just made. What was guessed before still counts: enrolling anew buys no tries. */
export function startTotp(secret: SealedSecret, before: TotpRecord | undefined): TotpRecord {
  const { failures = 0, lockedUntil = null } = before ?? {};
  return { secret, confirmedAt: null, usedStep: null, failures, lockedUntil };
}

export function isTotpLocked(record: TotpRecord, now: number): boolean {
  return record.lockedUntil !== null && now < record.lockedUntil;
}

/**
 * Counts a wrong code. Each `policy.triesPerAccount` in a row lock the account for `policy.lockMinutes`.
 *
 * @source notice-2026-9/5-6
 */
export function countWrongCode(record: TotpRecord, now: number, policy: Policy): TotpRecord {
  const failures = record.failures + 1;
  const isLast = failures % policy.triesPerAccount === 0;
  return { ...record, failures, lockedUntil: isLast ? now + policy.lockMinutes * MINUTE : null };
}

/** Uses a step up: stored together with the answer, so that it is given once. */
export function acceptStep(record: TotpRecord, step: number, now: number): TotpRecord {
  const confirmedAt = record.confirmedAt ?? now;
  return { ...record, confirmedAt, usedStep: step, failures: 0, lockedUntil: null };
}
