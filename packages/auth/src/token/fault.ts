import { type Reason, type Refuse, refuse } from "@garim/policy";

/**
 * What is wrong with a token, for operators and tests.
 *
 * `malformed`: no text of three parts in canonical base64url, or too long · `json`: header or payload is no strict JSON object ·
 * `header`: a member is missing, misshaped or not allowed · `algorithm`: not on the list · `key`: the set has no such key ·
 * `signature` · `type`: another kind of token · `issuer` · `audience` · `claims`: an identifier is missing or misshaped ·
 * `lifetime`: `iat`, `nbf` and `exp` make no life, or one too long · `expired` · `early`: its time has not come ·
 * `dead`: revoked, or unknown where it should have been issued
 */
export type TokenFault =
  | "malformed"
  | "json"
  | "header"
  | "algorithm"
  | "key"
  | "signature"
  | "type"
  | "issuer"
  | "audience"
  | "claims"
  | "lifetime"
  | "expired"
  | "early"
  | "dead";

/** A refusal, and what was wrong. */
export interface TokenRefusal extends Refuse {
  /** For diagnostics. The answer says the reason only: whoever forges learns nothing about how far they came. */
  readonly fault: TokenFault;
}

/** Only who holds a token our issuer signed is told more than that it is not valid. */
const REASONS: Readonly<Record<TokenFault, Reason>> = {
  malformed: "token-invalid",
  json: "token-invalid",
  header: "token-invalid",
  algorithm: "token-invalid",
  key: "token-invalid",
  signature: "token-invalid",
  type: "token-other-use",
  issuer: "token-invalid",
  audience: "token-other-use",
  claims: "token-invalid",
  lifetime: "token-invalid",
  expired: "token-expired",
  early: "token-not-yet-valid",
  dead: "token-revoked",
};

export function refuseToken(fault: TokenFault): TokenRefusal {
  return { ...refuse(REASONS[fault]), fault };
}

/** Steps of a verification give either what they read, an object, or the name of a fault. */
export function isFault(value: object | TokenFault): value is TokenFault {
  return typeof value === "string";
}
