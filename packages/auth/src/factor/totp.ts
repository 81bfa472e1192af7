import type { Policy, Refuse, WorkerIdentity } from "@garim/policy";
import type { FactorMethod } from "../session/session.ts";
import type { StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import type { SecretKeys } from "./sealed-secret.ts";

/** A second factor was proved, just now. */
export interface Proved {
  readonly kind: "proved";
  readonly method: FactorMethod;
  /** UTC milliseconds. */
  readonly at: number;
}

/** A secret for the worker's authenticator app. Shown once; it cannot be asked for again. */
export interface Enrolment {
  /** Base32, to type in. */
  readonly secret: string;
  /** `otpauth://…`, for a QR code. */
  readonly uri: string;
}

/**
 * One-time codes of an authenticator app (RFC 6238). All sessions and nodes share one count of tries per worker. Every method
 * rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE` while the state store fails, `ERR_GARIM_IDENTITY_INVALID` where the
 * worker cannot be read, `ERR_GARIM_KEYS_MISSING` without the key a secret was encrypted with.
 *
 * @source code-2022/second-factor, notice-2026-9/6-2, notice-2026-9/5-6
 */
export interface Totp {
  /** Whether a secret is confirmed: one still pending proves nothing. */
  isEnrolled(worker: WorkerIdentity): Promise<boolean>;

  /**
   * Makes a secret, pending until {@link Totp.confirm}; an earlier pending one is void.
   *
   * @param label - how the app names the account, for example the log-in name; a colon becomes a hyphen
   * @returns the secret; or refuse: `second-factor-enrolled` where one is confirmed, which only its own proof could replace,
   *   `account-locked`
   * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a label that is not a text of 1 to 256 characters
   */
  enrol(worker: WorkerIdentity, label: string): Promise<Enrolment | Refuse>;

  /** As {@link Totp.verify}, and the pending secret becomes the confirmed one. */
  confirm(worker: WorkerIdentity, code: unknown): Promise<Proved | Refuse>;

  /**
   * Proves a code. Each is taken once, whoever else posts it at the same time; anything that is not a right and unused code
   * is a failed try.
   *
   * @returns proved; or refuse: `second-factor-wrong`, `account-locked` (a right code is not used up),
   *   `second-factor-unenrolled`
   */
  verify(worker: WorkerIdentity, code: unknown): Promise<Proved | Refuse>;
}

export interface TotpOptions {
  readonly state: StateStore;
  /** Keys that encrypt the secrets at rest. */
  readonly keys: SecretKeys;
  readonly policy: Policy;
  /** The marketplace's name as authenticator apps show it: 1 to 256 characters; a colon becomes a hyphen. */
  readonly issuer: string;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** Called once for each lock, on the node that set it; `until` in UTC milliseconds, exclusive. Must not throw. */
  readonly onLock?: (worker: Worker, until: number) => void;
}
