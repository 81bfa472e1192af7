import {
  createIntrospection,
  createTokenVerifier,
  type Introspection,
  type JsonFailure,
  keysAt,
  type StoredGrant,
  type TokenVerifier,
  type VerifiedToken,
} from "@garim/auth";
import { GarimError, isGarimError, kindSet } from "@garim/policy";
import type { Logger } from "../logger.ts";
import type { OtherGrant, OtherIssuer } from "./other-issuer.ts";

/** A token of another issuer, in one request. */
export interface OtherToken {
  readonly issuer: string;
  /** Whether anybody can tell that it was not revoked: else it gets no personal data. */
  readonly isChecked: boolean;
  /**
   * Asks the issuer, where its last answer is older than a second. Before each use of what follows.
   *
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where it cannot tell
   */
  renew(): Promise<void>;
  /** By its last answer. */
  isLive(): boolean;
  /** By its last answer; `null` where sellers grant here. */
  grants(): readonly StoredGrant[] | null;
}

/** The other issuers of a deployment. */
export interface OtherIssuers {
  /** Who says it made a token; nothing of that is true before it was verified. `undefined` for all others. */
  of(text: string): KnownIssuer | undefined;
}

export interface KnownIssuer {
  readonly verifier: TokenVerifier;
  toolOf(token: VerifiedToken): string | null;
  open(text: string, token: VerifiedToken, toolId: string): OtherToken;
}

/** How old grants may be when they are used. */
const ANSWER_MS = 1_000;
const LONGEST = 8_192;

/** Opens the other issuers. @throws GarimError `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_KEYS_INVALID`, `ERR_GARIM_KEYS_MISSING` */
export function openIssuers(
  issuers: readonly OtherIssuer[],
  audience: string,
  clock: () => number,
  logger: Logger,
): OtherIssuers {
  const known = new Map(issuers.map((one) => [one.issuer, openIssuer(one, audience, clock, logger)]));
  return { of: (text) => (known.size === 0 ? undefined : known.get(peekIssuer(text))) };
}

function openIssuer(
  { issuer, jwks, algorithms, introspection, grants, toolOf }: OtherIssuer,
  audience: string,
  clock: () => number,
  logger: Logger,
): KnownIssuer {
  // Names no address and no secret.
  const onFailure = ({ fault, status }: JsonFailure): void =>
    logger.error({ issuer, fault, status }, "garim: an issuer of tools' tokens cannot be asked");
  const keys = typeof jwks === "string" ? keysAt(jwks, onFailure) : jwks;
  const asked = introspection && createIntrospection({ ...introspection, issuer, onFailure });
  const named = algorithms === undefined ? {} : { algorithms };
  return {
    // Whether it lives is asked of the issuer, in each request.
    verifier: createTokenVerifier({ issuer, audience, jwks: keys, isLive: () => true, clock, ...named }),
    toolOf: (token) => readToolId(toolOf(token)),
    open: (text, token, toolId) => openToken({ issuer, text, token, toolId, asked, grants }),
  };
}

interface OpenedToken {
  readonly issuer: string;
  readonly text: string;
  readonly token: VerifiedToken;
  readonly toolId: string;
  readonly asked: Introspection | undefined;
  readonly grants: OtherIssuer["grants"];
}

function openToken({ issuer, text, token, toolId, asked, grants: port }: OpenedToken): OtherToken {
  let isLive = false;
  let grants: readonly StoredGrant[] | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    issuer,
    isChecked: asked !== undefined || port !== undefined,
    async renew() {
      // It remembers its answers for a second itself.
      isLive = asked === undefined || (await asked.isActive(text, token));
      const startedAt = performance.now();
      if (port === undefined || startedAt - readAt < ANSWER_MS) return;
      grants = await readGrants(issuer, port, token, toolId);
      readAt = startedAt;
    },
    isLive: () => isLive,
    grants: () => grants,
  };
}

async function readGrants(
  issuer: string,
  port: NonNullable<OtherIssuer["grants"]>,
  token: VerifiedToken,
  toolId: string,
): Promise<readonly StoredGrant[]> {
  try {
    return (await port(token)).map((grant) => toGrant(grant, toolId));
  } catch (cause) {
    if (isGarimError(cause)) throw cause;
    throw new GarimError(
      "ERR_GARIM_STATE_UNAVAILABLE",
      `grants of tools.issuers failed for ${issuer}, so nothing was given. Look at the cause.`,
      cause,
    );
  }
}

function toGrant(grant: OtherGrant, toolId: string): StoredGrant {
  const { id, sellerId, fields, purposes, states, grantedAt, endsAt, revokedAt } = grant;
  const kinds = kindSet(fields);
  const by = { grantedBy: { staffId: "" }, changedAt: null };
  return { id, toolId, sellerId, kinds, purposes, states, grantedAt, endsAt, revokedAt, ...by };
}

function readToolId(toolId: unknown): string | null {
  return typeof toolId === "string" && toolId !== "" ? toolId : null;
}

/** The `iss` in a token's text, to choose the keys it is verified with; that it is right is verified with them. */
function peekIssuer(text: string): string {
  if (text.length > LONGEST) return "";
  try {
    const [, claims = ""] = text.split(".", 2);
    const { iss } = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
    return typeof iss === "string" ? iss : "";
  } catch {
    return "";
  }
}
