import { type Reason, type Refuse, refuse } from "@garim/policy";

/**
 * What is wrong with how a token was sent, for operators and tests.
 *
 * `unbound`: the token names no key or certificate · `scheme`: sent as another kind of token than it is · `missing`: no proof came ·
 * `malformed`, `json`, `header`, `algorithm`, `key`, `type`, `claims`, `signature`: of the proof, as of a token · `method`, `url`,
 * `token`: the proof is for another · `time`: its moment lies too far away · `nonce` · `replayed` · `other-key`: not the token's ·
 * `certificate`: none came, or not the token's
 */
export type SenderFault =
  | "unbound"
  | "scheme"
  | "missing"
  | "malformed"
  | "json"
  | "header"
  | "algorithm"
  | "key"
  | "type"
  | "claims"
  | "signature"
  | "method"
  | "url"
  | "token"
  | "time"
  | "nonce"
  | "replayed"
  | "other-key"
  | "certificate";

/** A refusal of a token that did not come from whom it was issued to. */
export interface SenderRefusal extends Refuse {
  /** For diagnostics; the answer says the reason only. */
  readonly fault: SenderFault;
}

const REASONS: Readonly<Record<SenderFault, Reason>> = {
  unbound: "token-unbound",
  scheme: "proof-missing",
  missing: "proof-missing",
  malformed: "proof-invalid",
  json: "proof-invalid",
  header: "proof-invalid",
  algorithm: "proof-invalid",
  key: "proof-invalid",
  type: "proof-invalid",
  claims: "proof-invalid",
  signature: "proof-invalid",
  method: "proof-other-request",
  url: "proof-other-request",
  token: "proof-other-request",
  time: "proof-stale",
  nonce: "proof-nonce",
  replayed: "proof-replayed",
  "other-key": "proof-other-key",
  certificate: "certificate-other",
};

export function refuseSender(fault: SenderFault): SenderRefusal {
  return { ...refuse(REASONS[fault]), fault };
}
