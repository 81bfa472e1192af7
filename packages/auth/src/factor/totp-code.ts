import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type CryptoPlugin, generateSecret, generateSync, generateURI } from "otplib";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { isEqualText } from "./equal-text.ts";

const SHAPE = /^\d{6}$/;
/** Stands for what is no code. It is none of an app, and as long as one. */
const NO_CODE = "------";
const NOBODYS_SECRET = "A".repeat(32);

/** SHA-1 and 6 digits every 30 seconds: what every authenticator app can do. */
const CODE = { algorithm: "sha1", digits: 6, period: AUTH_DEFAULTS.periodSeconds } as const;

const NODE_CRYPTO: CryptoPlugin = {
  name: "node",
  hmac: (algorithm, key, data) => createHmac(algorithm, key).update(data).digest(),
  randomBytes: (length) => randomBytes(length),
  constantTimeEqual: (a, b) => equalBytes(Buffer.from(a), Buffer.from(b)),
};

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** Makes a TOTP secret: 160 random bits in base32. */
export function makeTotpSecret(): string {
  return generateSecret({ crypto: NODE_CRYPTO });
}

/** The `otpauth://` address an authenticator app reads from a QR code. */
export function makeTotpUri(issuer: string, label: string, secret: string): string {
  return generateURI({ ...CODE, issuer, label, secret });
}

/**
 * Finds the time step a code belongs to. Total: what is no code matches nothing.
 *
 * A code is taken in its period and {@link AUTH_DEFAULTS}.lateSeconds after it, never before. All codes it could be are made and
 * compared, whatever was typed and whatever was used: the time does not tell a used code from a wrong one.
 *
 * @param secret - base32
 * @param now - UTC milliseconds
 * @param usedStep - the newest step that was used, exclusive: it and earlier ones match no more; `null` for none
 * @returns the step (periods since 1970), or `undefined` where the code is wrong or used
 * @source RFC 6238, 5.2
 */
export function matchTotpStep(
  secret: string,
  code: unknown,
  now: number,
  usedStep: number | null,
): number | undefined {
  const typed = typeof code === "string" && SHAPE.test(code) ? code : NO_CODE;
  const matching = stepsAt(now).filter((step) => isEqualText(typed, codeOf(secret, step)));
  return matching.find((step) => usedStep === null || step > usedStep);
}

/** Does the work of {@link matchTotpStep} for who has no app, and finds nothing. */
export function missTotp(code: unknown, now: number): undefined {
  matchTotpStep(NOBODYS_SECRET, code, now, null);
}

/** Steps whose codes are taken at a moment, the newest first. */
function stepsAt(now: number): readonly number[] {
  const seconds = Math.floor(now / 1_000);
  const newest = Math.floor(seconds / CODE.period);
  const oldest = Math.floor((seconds - AUTH_DEFAULTS.lateSeconds) / CODE.period);
  return Array.from({ length: newest - oldest + 1 }, (_, late) => newest - late);
}

function codeOf(secret: string, step: number): string {
  return generateSync({ ...CODE, secret, epoch: step * CODE.period, crypto: NODE_CRYPTO });
}
