import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { Mark } from "../state/store.ts";
import type { TokenAlgorithm } from "./algorithm.ts";
import { decodeBase64url } from "./base64url.ts";
import { bindingOf } from "./binding.ts";
import { TOKEN_DEFAULTS } from "./defaults.ts";
import { type ProofClaims, readProofClaims } from "./proof-claims.ts";
import { type ProofKey, readProofKey } from "./proof-key.ts";
import type { SignedProof } from "./proof-signature.ts";
import type { SenderChecks, SenderChecksOptions, SentToken } from "./sender.ts";
import { refuseSender, type SenderFault } from "./sender-fault.ts";
import { parseStrictObject } from "./strict-json.ts";
import type { VerifiedToken } from "./token.ts";

const PROOF_ALGORITHMS: readonly TokenAlgorithm[] = Object.freeze(["ES256", "EdDSA", "Ed25519"] as const);

/** A proof from before the store was lost may have been used: whoever sent it makes another. */
const USES: Readonly<Record<Mark, SenderFault | undefined>> = {
  first: undefined,
  used: "replayed",
  unsure: "time",
};

/** Makes the checks of who sent a token. @throws nothing by itself: each check may, see {@link SenderChecks.check} */
export function createSenderChecks(options: SenderChecksOptions): SenderChecks {
  const { state, algorithms = PROOF_ALGORITHMS, nonces, clock = Date.now } = options;
  // By the text of the header: a client sends the same one each time. Only keys whose proof was right are kept, so that nobody pushes
  // others' out.
  const known = new LRUCache<string, ProofKey>({ max: TOKEN_DEFAULTS.proofKeys });

  async function findProofFault(thumbprint: string, sent: SentToken): Promise<SenderFault | undefined> {
    const parts = splitProof(sent.proof);
    if (parts === undefined) return sent.proof === undefined ? "missing" : "malformed";
    const key = known.get(parts.header) ?? (await readProofKey(parts.header, algorithms));
    if (typeof key === "string") return key;
    // Nothing is verified for who does not even name the right key.
    if (key.thumbprint !== thumbprint) return "other-key";
    const claims = judge(parts.payload, sent);
    if (typeof claims === "string") return claims;
    const fault = await findSignatureFault(parts, key);
    if (fault !== undefined) return fault;
    known.set(parts.header, key);
    if (nonces !== undefined && !(claims.nonce !== undefined && nonces.isRecent(claims.nonce)))
      return "nonce";
    return USES[await useOnce(key, claims)];
  }

  function judge(payload: Uint8Array, { method, url, text }: SentToken): ProofClaims | SenderFault {
    const claims = parseStrictObject(payload);
    if (claims === undefined) return "json";
    return readProofClaims(claims, { method, url, tokenHash: hash("sha256", text, "base64url") }, clock());
  }

  /**
   * By key and `jti`, never by text: anybody can turn an ES256 signature into another that is as good. Kept for as long as some node
   * may take it, however far their clocks are apart.
   */
  async function useOnce({ thumbprint }: ProofKey, { id, madeAt }: ProofClaims): Promise<Mark> {
    const name = hash("sha256", `${thumbprint}.${id}`, "base64url");
    const expiresAt = madeAt + TOKEN_DEFAULTS.proofMs + 1_000 + AUTH_DEFAULTS.clockSkewMs;
    if (state.mark !== undefined) return await state.mark(`v1/proof/${name}`, expiresAt, madeAt);
    return (await state.write(`v1/proof/${name}`, "", null, expiresAt)) ? "first" : "used";
  }

  async function findFault(token: VerifiedToken, sent: SentToken): Promise<SenderFault | undefined> {
    const bound = bindingOf(token);
    if (bound === undefined) return "unbound";
    // A token bound to a key is no bearer token, and one that is not comes without a proof (RFC 9449, 7.1 and 7.2).
    if (sent.scheme !== (bound.key === undefined ? "bearer" : "dpop")) return "scheme";
    if (bound.certificate !== undefined && sent.certificate !== bound.certificate) return "certificate";
    return bound.key === undefined ? undefined : await findProofFault(bound.key, sent);
  }

  return {
    async check(token, sent) {
      const fault = await findFault(token, sent);
      return fault === undefined ? undefined : refuseSender(fault);
    },
  };
}

interface ProofParts extends SignedProof {
  readonly header: string;
  readonly payload: Uint8Array;
}

/** Three parts in canonical base64url, and not too long; nothing of it is decoded otherwise. */
function splitProof(text: string | undefined): ProofParts | undefined {
  if (typeof text !== "string" || text.length > TOKEN_DEFAULTS.proofLength) return undefined;
  const [header = "", body = "", signature = "", ...others] = text.split(".");
  const payload = decodeBase64url(body);
  const isWhole = others.length === 0 && signature !== "" && decodeBase64url(signature) !== undefined;
  if (!isWhole || payload === undefined) return undefined;
  return { text, header, payload, signatureAt: header.length + body.length + 2 };
}

/** What a key cannot even be asked is a key that does not do. */
async function findSignatureFault(
  proof: SignedProof,
  { verify }: ProofKey,
): Promise<SenderFault | undefined> {
  try {
    return (await verify(proof)) ? undefined : "signature";
  } catch {
    return "key";
  }
}
