import { hash } from "node:crypto";
import { type Reason, type Refuse, refuse, type WorkerIdentity } from "@garim/policy";
import { changeState } from "../state/change.ts";
import { nameWorker, readWorker, type Worker } from "../worker.ts";
import { readAppText } from "./app-text.ts";
import { isSealedWithOldKey, openSecret, readSecretKeys, sealSecret } from "./sealed-secret.ts";
import type { Enrolment, Proved, Totp, TotpOptions } from "./totp.ts";
import { makeTotpSecret, makeTotpUri, matchTotpStep } from "./totp-code.ts";
import {
  acceptStep,
  countWrongCode,
  decodeTotp,
  encodeTotp,
  isTotpLocked,
  startTotp,
  type TotpRecord,
} from "./totp-record.ts";

/** What a decision answers, and the record it wants stored first; `null` to leave it. */
interface Outcome<T> {
  readonly answer: T;
  readonly record: TotpRecord | null;
}

/**
 * Makes the TOTP factor of a deployment. Any number of nodes may share one state store.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`
 */
export function createTotp(options: TotpOptions): Totp {
  const { state, keys, policy, issuer, clock = Date.now, onLock = () => undefined } = options;
  const shownIssuer = readAppText("issuer", issuer);
  readSecretKeys(keys);

  async function change<T>(
    worker: Worker,
    decide: (record: TotpRecord | undefined) => Outcome<T>,
  ): Promise<Outcome<T>> {
    const { outcome } = await changeState(state, keyOf(worker), (entry) => {
      const outcome = decide(entry && decodeTotp(entry.value));
      const next = outcome.record && { value: encodeTotp(outcome.record), expiresAt: null };
      return { outcome, next };
    });
    return outcome;
  }

  async function prove(
    identity: WorkerIdentity,
    code: unknown,
    mayBePending: boolean,
  ): Promise<Proved | Refuse> {
    const worker = readWorker(identity);
    const now = clock();
    const { answer, record } = await change(worker, (current) => {
      if (current === undefined || (current.confirmedAt === null && !mayBePending))
        return refused("second-factor-unenrolled");
      return isTotpLocked(current, now) ? refused("account-locked") : judgeCode(current, worker, code, now);
    });
    if (record !== null && record.lockedUntil !== null) onLock(worker, record.lockedUntil);
    return answer;
  }

  function judgeCode(
    record: TotpRecord,
    worker: Worker,
    code: unknown,
    now: number,
  ): Outcome<Proved | Refuse> {
    const secret = openSecret(record.secret, nameWorker(worker), keys);
    const step = matchTotpStep(secret, code, now, record.usedStep);
    if (step === undefined)
      return { answer: refuse("second-factor-wrong"), record: countWrongCode(record, now, policy) };
    const accepted = acceptStep(record, step, now);
    // Each use moves a secret to the newest key, so that old keys can be retired.
    const sealed = isSealedWithOldKey(record.secret, keys)
      ? sealSecret(secret, nameWorker(worker), keys)
      : record.secret;
    return { answer: { kind: "proved", method: "totp", at: now }, record: { ...accepted, secret: sealed } };
  }

  async function enrol(identity: WorkerIdentity, label: string): Promise<Enrolment | Refuse> {
    const worker = readWorker(identity);
    const shownLabel = readAppText("label", label);
    const secret = makeTotpSecret();
    const sealed = sealSecret(secret, nameWorker(worker), keys);
    const now = clock();
    const { answer } = await change<Enrolment | Refuse>(worker, (current) => {
      if (current !== undefined && current.confirmedAt !== null) return refused("second-factor-enrolled");
      if (current !== undefined && isTotpLocked(current, now)) return refused("account-locked");
      const uri = makeTotpUri(shownIssuer, shownLabel, secret);
      return { answer: { secret, uri }, record: startTotp(sealed, current) };
    });
    return answer;
  }

  async function isEnrolled(identity: WorkerIdentity): Promise<boolean> {
    const entry = await state.read(keyOf(readWorker(identity)));
    return entry !== undefined && decodeTotp(entry.value).confirmedAt !== null;
  }

  return {
    isEnrolled,
    enrol,
    confirm: (worker, code) => prove(worker, code, true),
    verify: (worker, code) => prove(worker, code, false),
  };
}

function keyOf(worker: Worker): string {
  return `v1/totp/${hash("sha256", nameWorker(worker))}`;
}

function refused(reason: Reason): Outcome<Refuse> {
  return { answer: refuse(reason), record: null };
}
