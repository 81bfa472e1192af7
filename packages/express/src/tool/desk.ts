import { hkdfSync, randomUUID } from "node:crypto";
import {
  createFollower,
  createGrants,
  createIssuedTokens,
  createProofNonces,
  createSenderChecks,
  createTokenKeys,
  createTokenVerifier,
  createTools,
  type Follower,
  type Grants,
  type IssuedTokens,
  type ProofNonces,
  type SecretKeys,
  type StateStore,
  type TokenKeys,
  type Tools,
} from "@garim/auth";
import { createRegister, type Register } from "@garim/duties";
import { GarimError } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { describeError } from "../logger.ts";
import type { Database } from "../start/database.ts";
import type { GarimOptions } from "../start/options.ts";
import type { Ground } from "../start/settings.ts";
import { type Place, readSent } from "./authorization.ts";
import { callerOf, type ToolCaller } from "./caller.ts";
import { createChangeRecord } from "./change-record.ts";
import { createMetadata, metadataUrlOf } from "./metadata.ts";
import { createMeters, type ToolMeters } from "./meters.ts";
import type { ToolOptions } from "./options.ts";
import type { Recognition } from "./recognise.ts";
import type { ToolChallenge } from "./refusal.ts";
import type { GrantSources } from "./verdicts.ts";
import type { ToolRequest } from "./visitor.ts";
import { createWatch, type ToolWatch } from "./watch.ts";

/** Everything about sellers' tools: what a token server builds on, and what the marketplace's own back office calls. */
export interface ToolDesk {
  readonly issuer: string;
  readonly audience: string;
  readonly grants: Grants;
  readonly tools: Tools;
  readonly issued: IssuedTokens;
  readonly keys: TokenKeys;
  /** Keeps this node's copies; `refresh()` brings them up to date now. */
  readonly follower: Follower;
  /** Agreements and contracts on file: without them no tool gets anything. */
  readonly register: Register;
  /** The tool that sent a request, for a handler of a route open to tools; `null` where it is somebody's of the seller. */
  of(req: Request): ToolCaller | null;
  /** `app.get("/.well-known/oauth-protected-resource…", …)`: what a tool needs to know of this API (RFC 9728). */
  metadata(): RequestHandler;
}

/** What guards work with. */
export interface ToolGround {
  readonly desk: ToolDesk;
  readonly recognition: Recognition;
  readonly sources: GrantSources;
  readonly options: ToolOptions;
  readonly meters: ToolMeters;
  readonly watch: ToolWatch;
  readonly database: Database;
  /** Encrypt cursors. */
  readonly secrets: SecretKeys;
  readonly request: (req: Request) => ToolRequest;
  readonly challenge: (scope: string) => ToolChallenge;
  readonly close: () => Promise<void>;
}

/** @throws GarimError `ERR_GARIM_DEPLOYMENT` where the host opens nothing to tools */
export function requireTools({ tools }: { readonly tools: ToolGround | null }): ToolGround {
  if (tools !== null) return tools;
  throw new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    'createGarim was not told of any tools; write createGarim({ …, tools: { issuer: "https://market.example/oauth", audience: "https://market.example/api" } })',
  );
}

const ALGORITHMS = "ES256 EdDSA Ed25519";

/** Opens what tools need on the host's database. */
export async function openTools(
  options: ToolOptions,
  { keys: { secrets } }: GarimOptions,
  ground: Ground,
  database: Database,
  state: StateStore,
): Promise<ToolGround> {
  const { clock, policy, logger } = ground;
  const record = createChangeRecord(ground);
  const onOutage = (error: unknown): void =>
    error === null
      ? logger.info({}, "garim: grants and tools are known again")
      : logger.error(describeError(error), "garim: grants and tools are not known, tools get nothing");
  const follower = await createFollower({ database, onOutage });
  const append = ground.log.append.bind(ground.log);
  const [grants, tools, issued, keys, register] = await Promise.all([
    createGrants({ database, follower, policy, record, clock }),
    createTools({ database, follower, record, clock }),
    createIssuedTokens({ database, follower, clock }),
    createTokenKeys({ database, follower, keys: secrets, record, clock }),
    createRegister({ database, follower, append, policy, clock }),
  ]);
  const { issuer, audience } = options;
  const jwks = () => keys.publicSet();
  const isLive = ({ keyId }: { readonly keyId: string }) => keys.isLive(keyId);
  const verifier = createTokenVerifier({ issuer, audience, jwks, isLive, clock });
  const nonces = options.nonces === true ? createProofNonces(nonceSecret(secrets), clock) : undefined;
  const senders = createSenderChecks({ state, clock, ...(nonces === undefined ? {} : { nonces }) });
  const place = placeOf(options);
  const desk = { issuer, audience, grants, tools, issued, keys, follower, register };
  return {
    desk: { ...desk, of: callerOf, metadata: () => createMetadata(options) },
    recognition: { follower, verifier, issued, senders, tools },
    sources: { grants, register, isSandboxSeller: options.isSandboxSeller ?? (() => false), policy },
    options,
    database,
    secrets,
    meters: createMeters(options.budgets ?? {}, state, clock),
    watch: createWatch(options, ground),
    request: (req) => ({ trace: randomUUID(), sent: readSent(req, place) }),
    challenge: (scope) => challengeOf(scope, options, nonces),
    close: () => follower.close(),
  };
}

/** The same on every node, and after a restart: nonces of a moment ago are taken. */
function nonceSecret(secrets: GarimOptions["keys"]["secrets"]): Uint8Array {
  const [newest] = secrets.all();
  return new Uint8Array(hkdfSync("sha256", newest?.key ?? new Uint8Array(), "", "garim-dpop-nonce", 32));
}

function placeOf({ audience, publicUrl, certificateHeader }: ToolOptions): Place {
  return { publicUrl: publicUrl ?? new URL(audience).origin, certificateHeader: certificateHeader ?? null };
}

function challengeOf(scope: string, options: ToolOptions, nonces: ProofNonces | undefined): ToolChallenge {
  const nonce = nonces?.current() ?? null;
  return { scope, algorithms: ALGORITHMS, metadataUrl: metadataUrlOf(options.audience), nonce };
}
