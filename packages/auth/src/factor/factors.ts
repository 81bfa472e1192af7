import type { Allow, Policy, Refuse, StepUpClass } from "@garim/policy";
import type { FactorMethod, Session } from "../session/session.ts";
import type { StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import type { Channel } from "./channel.ts";
import type { Listeners } from "./notice.ts";
import type { PasskeySettings } from "./passkey-settings.ts";
import type { SecretKeys } from "./sealed-secret.ts";

export type FactorKind = "totp" | "passkey";

/** An authenticator app or a passkey of a worker. Moments are UTC milliseconds. */
export interface Factor {
  /** 16 hex digits. */
  readonly id: string;
  readonly kind: FactorKind;
  /** How its owner calls it: from a person, so escape it. */
  readonly name: string;
  readonly addedAt: number;
  readonly usedAt: number | null;
}

/** What a worker can prove with. */
export interface FactorList {
  /** In the order they were added; empty for who has to enrol. */
  readonly factors: readonly Factor[];
  readonly recoveryCodesLeft: number;
  /** Channels that send codes here. */
  readonly channels: readonly string[];
  /** UTC milliseconds, exclusive; `null` while not locked. */
  readonly lockedUntil: number | null;
  /** Whether too many wrong tries in a row disabled everything, until a reset or an unlock. */
  readonly isDisabled: boolean;
}

/** What a worker gives as proof, as it came from the browser: trusted in nothing. */
export type Offer = CodeOffer | PasskeyOffer;

export interface CodeOffer {
  readonly method: "totp" | "recovery" | "message";
  readonly code: unknown;
}

export interface PasskeyOffer {
  readonly method: "passkey";
  /** JSON of `credential.toJSON()`. */
  readonly response: unknown;
}

/** A second factor was proved, just now: raise the session with it. */
export interface Proved {
  readonly kind: "proved";
  readonly method: FactorMethod;
  /** UTC milliseconds. */
  readonly at: number;
}

/** A secret for the worker's authenticator app. Shown once; it cannot be asked for again. */
export interface TotpEnrolment {
  readonly kind: "totp-enrolment";
  /** Base32, to type in. */
  readonly secret: string;
  /** `otpauth://…`, which a phone opens in its app. */
  readonly uri: string;
  /** `uri` as QR code, an SVG element. */
  readonly svg: string;
}

export interface PasskeyEnrolment {
  readonly kind: "passkey-enrolment";
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. */
  readonly options: object;
}

export interface PasskeyChallenge {
  readonly kind: "passkey-challenge";
  /** For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`. */
  readonly options: object;
}

export interface CodeSent {
  readonly kind: "code-sent";
  readonly channel: string;
  /** UTC milliseconds, exclusive. */
  readonly expiresAt: number;
}

/** Shown once; they cannot be asked for again. */
export interface RecoveryCodes {
  readonly kind: "recovery-codes";
  readonly codes: readonly string[];
}

/**
 * Second factors of workers: authenticator apps (TOTP, RFC 6238), passkeys (WebAuthn), recovery codes, codes by message.
 *
 * All of them share one count of tries per worker, over all sessions, challenges and nodes. Whatever is right is taken once,
 * and only in the session it was asked in, for the action it was asked for (TOTP and recovery codes fit any). Anything else,
 * malformed or of a kind the worker does not have, is a wrong try and refused with `second-factor-wrong` (`challenge-expired`
 * where what the session was asked is over, whatever was answered); five in one session
 * and action with `challenge-void`, until a new challenge is started or ten minutes have passed; ten in a row with
 * `account-locked`, a hundred with `factor-disabled`. What is refused as locked is not looked at: a right code stays good.
 *
 * Every method rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE` while the state store fails, `ERR_GARIM_KEYS_MISSING`
 * without the key an account was encrypted with. Those that change what a worker proves with refuse as a step-up does (`second-factor-missing`, `second-factor-stale` …), or with `factor-weak`
 * after a proof by message.
 *
 * @source code-2022/second-factor, notice-2026-9/6-2, notice-2026-9/5-6
 */
export interface Factors {
  /** What a worker has. Who has no factor is to be sent to enrolment, never through. */
  list(worker: Worker): Promise<FactorList>;

  /**
   * Makes a secret, pending for ten minutes until {@link Factors.confirmTotp} in the same session; an earlier pending one is
   * void. The first factor needs no proof, each other one a fresh proof.
   *
   * @param label - how the app names the account, for example the log-in name; a colon becomes a hyphen
   * @param name - how the owner calls it; of anything, what can be shown of its first 64 characters is kept
   * @returns the secret; or refuse: as any change, `account-locked`, `factor-disabled`, `factor-limit`
   * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a label that is not a text of 1 to 256 characters
   */
  enrolTotp(session: Session, label: string, name?: unknown): Promise<TotpEnrolment | Refuse>;

  /** Proves that the app has the secret: it becomes a factor, and other pending enrolments are void. */
  confirmTotp(session: Session, code: unknown): Promise<Proved | Refuse>;

  /** As {@link Factors.enrolTotp}, for a passkey; `factor-not-offered` without `passkeys`. */
  enrolPasskey(session: Session, label: string, name?: unknown): Promise<PasskeyEnrolment | Refuse>;

  /** As {@link Factors.confirmTotp}. A wrong answer voids the enrolment; `second-factor-enrolled` for one there already. */
  confirmPasskey(session: Session, response: unknown): Promise<Proved | Refuse>;

  /**
   * Starts a challenge for one of the worker's passkeys; an earlier one of this session and action is void.
   *
   * @returns refuse: `factor-not-offered`, `second-factor-unenrolled` without a passkey, `account-locked`, `factor-disabled`
   */
  challengePasskey(session: Session, action: StepUpClass): Promise<PasskeyChallenge | Refuse>;

  /**
   * Sends a code to the worker; the one before is void, whatever channel and session it was for. Works for workers without an
   * enrolled factor too: where the host gives channels, they are a factor of everybody the host can reach.
   *
   * @returns refuse: `factor-not-offered` for an unknown channel, `message-limit`, `account-locked`, `factor-disabled`
   * @throws GarimError `ERR_GARIM_CHANNEL` where the channel throws
   */
  sendCode(session: Session, action: StepUpClass, channel: string): Promise<CodeSent | Refuse>;

  /**
   * Proves what was offered, for an action.
   *
   * @returns proved; or refuse: `second-factor-wrong`, `challenge-expired`, `challenge-void`, `account-locked`, `factor-disabled`,
   *   `second-factor-unenrolled` for who has no factor
   * @throws GarimError `ERR_GARIM_CHANNEL` where a channel's check throws; that try does not count
   */
  prove(session: Session, action: StepUpClass, offer: Offer): Promise<Proved | Refuse>;

  /** Makes recovery codes, once each; earlier ones are void. `second-factor-unenrolled` without a factor to recover from. */
  makeRecoveryCodes(session: Session): Promise<RecoveryCodes | Refuse>;

  /** Renames a factor; `factor-unknown` where there is none of that id. */
  rename(session: Session, factorId: string, name: unknown): Promise<Allow | Refuse>;

  /** Removes a factor; `factor-unknown`, `factor-last`: the last one is replaced by enrolling another first. */
  remove(session: Session, factorId: string): Promise<Allow | Refuse>;

  /**
   * Removes everything a worker proves with, for somebody who lost it all: factors, recovery codes, tries. To be called for an
   * owner or operator who verified the person, and with an end of all sessions: whoever logs in next enrols the first factor.
   */
  reset(worker: Worker): Promise<void>;

  /** Lifts a lock, also after a hundred wrong tries, and leaves the factors. To be called for an owner or operator. */
  unlock(worker: Worker): Promise<void>;
}

export interface FactorsOptions extends Listeners {
  /** One of the database: what used up a code must not be lost in a restart. */
  readonly state: StateStore;
  readonly policy: Policy;
  /** Keys that encrypt accounts at rest. */
  readonly keys: SecretKeys;
  /** The marketplace's name as authenticator apps show it: 1 to 256 characters; a colon becomes a hyphen. */
  readonly issuer: string;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** Passkeys are offered only with it. */
  readonly passkeys?: PasskeySettings;
  /** Codes by message are offered only with it. */
  readonly channels?: readonly Channel[];
  /** Lets a channel send by e-mail. Default: refused at start. */
  readonly allowEmail?: boolean;
}
