/**
 * The numbers of tool tokens that no policy edition sets. All are ours: neither law nor code gives them.
 *
 * `…Ms` is milliseconds, `…Seconds` seconds, anything else a count.
 */
export interface TokenDefaults {
  /** Characters of the longest token that is looked at; nothing of a longer one is decoded. */
  readonly tokenLength: number;
  /** How deep objects and arrays of a token may stand in each other, the outermost included. */
  readonly jsonDepth: number;
  /** The longest life of a token, from `iat` to `exp`; a deployment may shorten it. */
  readonly maxTtlSeconds: number;
  /** Verified tokens remembered per node; others are verified again. */
  readonly cacheEntries: number;
  /** Keys read through a port are used this long: one that is gone there verifies nothing after it. */
  readonly keysMs: number;
  /** Tokens of unknown keys have the port read again at most this often. */
  readonly keysPauseMs: number;
  /** Characters of the longest DPoP proof that is looked at. */
  readonly proofLength: number;
  /** How far the moment of a proof may lie before or after this node's clock. */
  readonly proofMs: number;
  /** Keys of proofs remembered per node; others are read again. */
  readonly proofKeys: number;
  /** A nonce is given for this long, and taken for as long again. */
  readonly nonceMs: number;
}

export const TOKEN_DEFAULTS: TokenDefaults = Object.freeze({
  tokenLength: 8_192,
  jsonDepth: 8,
  maxTtlSeconds: 300,
  cacheEntries: 10_000,
  keysMs: 60_000,
  keysPauseMs: 5_000,
  proofLength: 4_096,
  proofMs: 60_000,
  proofKeys: 10_000,
  nonceMs: 60_000,
});
