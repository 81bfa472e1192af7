import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type CryptoPlugin, generateSecret, generateURI, verifySync } from "otplib";
import { AUTH_DEFAULTS } from "../defaults.ts";

const SHAPE = /^\d{6}$/;

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
 * A code is taken in its period and {@link AUTH_DEFAULTS}.lateSeconds after it, never before.
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
  if (typeof code !== "string" || !SHAPE.test(code)) return undefined;
  const epoch = Math.floor(now / 1_000);
  // otplib throws on a used step from the future, which a clock that went back makes of a good one.
  if (usedStep !== null && usedStep >= Math.floor(epoch / CODE.period)) return undefined;
  const found = verifySync({
    ...CODE,
    secret,
    token: code,
    epoch,
    epochTolerance: [AUTH_DEFAULTS.lateSeconds, 0],
    ...(usedStep === null ? {} : { afterTimeStep: usedStep }),
    crypto: NODE_CRYPTO,
  });
  return found.valid && "timeStep" in found ? found.timeStep : undefined;
}
