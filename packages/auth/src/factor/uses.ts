import type { AccountRecord, StoredFactor, StoredTotp } from "../account/record.ts";
import type { PasskeyUse } from "./passkey-ceremony.ts";
import { matchRecoveryCode } from "./recovery-codes.ts";
import { matchTotpStep, missTotp } from "./totp-code.ts";

/*
 * What each kind of proof uses up: the account without it, or `undefined` where what was offered is not right. Pure, so that
 * compare-and-set makes it once.
 */

/** Uses the time step of whichever app shows the code. */
export function useTotp(record: AccountRecord, code: unknown, now: number): AccountRecord | undefined {
  const apps = record.factors.filter((factor) => factor.kind === "totp");
  if (apps.length === 0) return missTotp(code, now);
  const found = apps
    .map((factor) => ({ factor, step: matchTotpStep(factor.secret, code, now, factor.usedStep) }))
    .find(({ step }) => step !== undefined);
  if (found?.step === undefined) return undefined;
  const used: StoredTotp = { ...found.factor, usedStep: found.step, usedAt: now };
  return putFactor(record, used);
}

/** Uses a recovery code up. */
export function useRecovery(record: AccountRecord, code: unknown): AccountRecord | undefined {
  const index = matchRecoveryCode(record.recovery, code);
  return index < 0 ? undefined : { ...record, recovery: record.recovery.toSpliced(index, 1) };
}

/** Stores how often a passkey signed; the challenge it signed goes with what its session was asked. */
export function useAssertion(
  record: AccountRecord,
  use: PasskeyUse | undefined,
  now: number,
): AccountRecord | undefined {
  const factor = record.factors
    .filter((one) => one.kind === "passkey")
    .find(({ passkey }) => passkey.credentialId === use?.credentialId);
  if (use === undefined || factor === undefined) return undefined;
  const passkey = { ...factor.passkey, counter: use.counter };
  return putFactor(record, { ...factor, passkey, usedAt: now });
}

/** Stores a factor in the place of the one of its id. */
export function putFactor(record: AccountRecord, factor: StoredFactor): AccountRecord {
  return { ...record, factors: record.factors.map((one) => (one.id === factor.id ? factor : one)) };
}
