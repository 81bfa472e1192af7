import type { LockoutFacts, StepUpClass } from "@garim/policy";
import { openSecret, type SealedSecret, type SecretKeys, sealSecret } from "../factor/sealed-secret.ts";
import type { StoredPasskey } from "../factor/stored-passkey.ts";
import { stateUnavailable } from "../state/store.ts";

/*
 * What is stored of a worker: everything one can prove with, and the one budget of tries that all of it shares. It is one
 * value, so that a right code is taken once and every wrong one counts, whatever the number of nodes. Moments are UTC
 * milliseconds.
 */

export interface AccountRecord {
  readonly tries: Tries;
  readonly factors: readonly StoredFactor[];
  /** Enrolments nobody confirmed yet; one of each kind. */
  readonly pending: PendingFactors;
  /** Recovery codes that are left, as `makeRecoveryCodes` stores them. */
  readonly recovery: readonly string[];
  /** Oldest first. */
  readonly prompts: readonly Prompt[];
  /** The one code by message that is live, whatever the channel. */
  readonly message: StoredMessage | null;
  /** When the latest codes by message were sent. */
  readonly sentAt: readonly number[];
}

/** Wrong tries of the account; those of a challenge stand in its prompt. */
export type Tries = Omit<LockoutFacts, "challengeFailures">;

interface StoredFactorBase {
  /** 16 hex digits. */
  readonly id: string;
  /** How its owner calls it. */
  readonly name: string;
  readonly addedAt: number;
  readonly usedAt: number | null;
}

export interface StoredTotp extends StoredFactorBase {
  readonly kind: "totp";
  /** Base32. */
  readonly secret: string;
  /** The newest time step that was used: it and earlier ones are never taken again. */
  readonly usedStep: number | null;
}

export interface StoredPasskeyFactor extends StoredFactorBase {
  readonly kind: "passkey";
  readonly passkey: StoredPasskey;
}

export type StoredFactor = StoredTotp | StoredPasskeyFactor;

export interface PendingFactors {
  readonly totp: PendingTotp | null;
  readonly passkey: PendingPasskey | null;
}

/** An enrolment, which only the session that started it can confirm. */
interface Pending {
  readonly session: string;
  readonly startedAt: number;
  readonly name: string;
}

export interface PendingTotp extends Pending {
  readonly secret: string;
}

export interface PendingPasskey extends Pending {
  readonly challenge: string;
}

/** Where a proof is asked for: what is asked here proves nothing elsewhere. */
export interface Place {
  /** Name of the session. */
  readonly session: string;
  readonly action: StepUpClass;
}

/** One challenge of a session for one action, whatever it is answered with. */
export interface Prompt extends Place {
  readonly startedAt: number;
  /** Wrong tries. */
  readonly failures: number;
  /** What a passkey has to sign, once; `null` where none was asked. */
  readonly assertion: string | null;
}

export interface StoredMessage extends Place {
  readonly channel: string;
  readonly startedAt: number;
  /** As `makeMessageCode` stores it; the transaction's id where the channel itself checks what comes back. */
  readonly code: string;
}

/** An account nobody enrolled anything in. */
export const NO_ACCOUNT: AccountRecord = Object.freeze({
  tries: Object.freeze({ failures: 0, lockedUntil: null }),
  factors: Object.freeze([]),
  pending: Object.freeze({ totp: null, passkey: null }),
  recovery: Object.freeze([]),
  prompts: Object.freeze([]),
  message: null,
  sentAt: Object.freeze([]),
});

/**
 * Encrypts an account, with the newest key each time: so whoever reads the store learns nothing, whoever writes to it cannot
 * slip in a factor of their own, and old keys can be retired.
 */
export function encodeAccount(record: AccountRecord, owner: string, keys: SecretKeys): string {
  return JSON.stringify(sealSecret(JSON.stringify(record), owner, keys));
}

/**
 * @throws GarimError `ERR_GARIM_KEYS_MISSING` without its key, `ERR_GARIM_STATE_UNAVAILABLE` where the value is none of
 *   {@link encodeAccount}, or another owner's
 */
export function decodeAccount(value: string, owner: string, keys: SecretKeys): AccountRecord {
  const sealed = readJson(value) as SealedSecret | null;
  if (typeof sealed?.keyId !== "string") throw unreadable();
  const record = readJson(openSecret(sealed, owner, keys)) as AccountRecord;
  if (Array.isArray(record?.factors) && Number.isSafeInteger(record.tries?.failures)) return record;
  throw unreadable();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told without the value.
    throw unreadable();
  }
}

function unreadable(): Error {
  return stateUnavailable(
    "A stored account cannot be read. Restore the key v1/account/… of the state store.",
  );
}
