import { faultOfFetch, type JsonFault } from "@garim/auth";

/** Why a tool's keys could not be used. `not-public`: their address leads into a private network, or has no TLS. */
export type KeyFault = JsonFault | "not-public" | "no-key-set" | "no-such-key";

/** A tool's keys could not be had. Names no address. */
export class KeysUnavailable extends Error {
  readonly fault: KeyFault;
  /** Of the answer; `null` where there was none. */
  readonly status: number | null;

  constructor(fault: KeyFault, status: number | null = null) {
    super(describeKeyFault(fault, status));
    this.fault = fault;
    this.status = status;
  }
}

/** What a request for keys failed of. What our own look-up says, and the guard around it, comes as the cause. */
export function faultOfError(error: unknown): KeyFault {
  return causesOf(error).find(isUnavailable)?.fault ?? faultOfFetch(error);
}

/** Why the core could not use a tool's keys, where that is what an error of it comes from. */
export function keyFaultOf(error: unknown): KeysUnavailable | undefined {
  const causes = causesOf(error);
  const known = causes.find(isUnavailable);
  if (known !== undefined) return known;
  if (causes.some(isNoMatch)) return new KeysUnavailable("no-such-key");
  return causes.some(isNoKeySet) ? new KeysUnavailable("no-key-set") : undefined;
}

const WORDS: Readonly<Record<KeyFault, string>> = {
  dns: "the name in jwksUri leads nowhere",
  refused: "nothing listens at jwksUri",
  timeout: "jwksUri did not answer in time",
  tls: "the certificate at jwksUri is not one to trust",
  redirect: "jwksUri answers with a redirect, which is not followed",
  status: "jwksUri answers, and not with 200",
  "too-large": "more than 64 KiB lie at jwksUri",
  "not-json": "what lies at jwksUri is no JSON",
  network: "the connection to jwksUri broke",
  "not-public": "jwksUri does not lead to a public https address",
  "no-key-set": "what lies at jwksUri is no set of public keys",
  "no-such-key": "none of the registered keys has the kid and alg of the assertion",
};

function describeKeyFault(fault: KeyFault, status: number | null): string {
  return status === null ? WORDS[fault] : `${WORDS[fault]} (${status})`;
}

/** What jose says of a set without the key that is named. */
function isNoMatch(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === "ERR_JWKS_NO_MATCHING_KEY";
}

/** What the core says of keys it cannot read. */
function isNoKeySet({ message }: Error): boolean {
  return message === "invalid_client_metadata";
}

function isUnavailable(error: Error): error is KeysUnavailable {
  return error instanceof KeysUnavailable;
}

const DEEPEST = 6;

function causesOf(error: unknown, depth: number = 0): readonly Error[] {
  if (!(error instanceof Error) || depth > DEEPEST) return [];
  return [error, ...causesOf(error.cause, depth + 1)];
}
