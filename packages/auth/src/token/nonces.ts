import { createHmac, timingSafeEqual } from "node:crypto";
import { GarimError } from "@garim/policy";
import { decodeBase64url } from "./base64url.ts";
import { TOKEN_DEFAULTS } from "./defaults.ts";

/** Values a proof must hold, so that none can be made long ahead. Nothing is stored: nodes that share the secret know each other's. */
export interface ProofNonces {
  /** The nonce of now. */
  current(): string;
  /** Whether a nonce was given a short while ago, by any node. */
  isRecent(nonce: string): boolean;
}

const SECRET_BYTES = 32;

/**
 * Makes the nonces of a deployment (RFC 9449, 8 and 9).
 *
 * @param secret - 32 bytes or more, the same on every node
 * @param clock - UTC milliseconds
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a shorter secret
 */
export function createProofNonces(secret: Uint8Array, clock: () => number = Date.now): ProofNonces {
  if (!(secret instanceof Uint8Array) || secret.length < SECRET_BYTES)
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      `createProofNonces needs a secret of ${SECRET_BYTES} bytes or more, the same on every node; write createProofNonces(randomBytes(${SECRET_BYTES})) for one node`,
    );
  const key = Uint8Array.from(secret);
  const period = () => Math.floor(clock() / TOKEN_DEFAULTS.nonceMs);
  const nonceOf = (count: number) => createHmac("sha256", key).update(`garim-dpop-nonce:${count}`).digest();
  return {
    current: () => nonceOf(period()).toString("base64url"),
    isRecent(nonce) {
      const bytes = decodeBase64url(nonce);
      if (bytes?.length !== SECRET_BYTES) return false;
      const now = period();
      // The one after is of a node whose clock is ahead.
      return [now - 1, now, now + 1].some((count) => timingSafeEqual(bytes, nonceOf(count)));
    },
  };
}
