import { hkdfSync, randomUUID } from "node:crypto";
import {
  createBudgets,
  createFollower,
  createGrants,
  createGrantUses,
  createIssuedTokens,
  createProofNonces,
  createSenderChecks,
  createTokenKeys,
  createTokenVerifier,
  createToolEvents,
  createTools,
  type Follower,
  type ProofNonces,
  type StateStore,
  type TokenKeys,
  type TokenVerifier,
} from "@garim/auth";
import { createPurges, createRegister, type Purges, type ToolDebt } from "@garim/duties";
import type { DutyGround } from "../duties/ground.ts";
import { describeError } from "../logger.ts";
import type { Database } from "../start/database.ts";
import type { GarimOptions } from "../start/options.ts";
import type { Ground } from "../start/settings.ts";
import { type Place, readSent } from "./authorization.ts";
import { callerOf } from "./caller.ts";
import { createChangeRecord } from "./change-record.ts";
import type { ToolDesk, ToolGround } from "./desk.ts";
import { createMetadata, metadataUrlOf } from "./metadata.ts";
import { createMeters } from "./meters.ts";
import { createDocument } from "./openapi/document.ts";
import type { ToolOptions } from "./options.ts";
import { openIssuers } from "./other-token.ts";
import type { Recognition } from "./recognise.ts";
import type { ToolChallenge } from "./refusal.ts";
import { resolveSandbox } from "./sandbox/sandbox.ts";
import { createTokenMeters } from "./token-meters.ts";
import { createWatch } from "./watch.ts";

const ALGORITHMS = "ES256 EdDSA Ed25519";

/** Opens what tools need on the host's database. */
export async function openTools(
  options: ToolOptions,
  { keys: { secrets } }: GarimOptions,
  ground: Ground,
  database: Database,
  state: StateStore,
  duties: DutyGround | null,
): Promise<ToolGround> {
  const { clock, policy } = ground;
  const nonces = options.nonces === true ? createProofNonces(nonceSecret(secrets), clock) : undefined;
  const desk = await openDesk(options, secrets, ground, database, duties);
  const { grants, register, uses, events, follower } = desk;
  const place = placeOf(options);
  const budgets = createBudgets({ state, clock });
  const sandbox = resolveSandbox(options.sandbox);
  return {
    desk,
    recognition: {
      ...openRecognition(desk, clock, state, nonces),
      issuers: openIssuers(options.issuers ?? [], options.audience, clock, ground.logger),
    },
    sources: { grants, register, isSandboxSeller: sandbox.has, policy, duties },
    sandbox,
    uses,
    options,
    database,
    secrets,
    meters: createMeters(options.budgets ?? {}, budgets, clock),
    tokenMeters: createTokenMeters(options.budgets ?? {}, budgets),
    watch: createWatch(options, ground),
    request: (req) => ({ trace: randomUUID(), sent: readSent(req, place) }),
    challenge: (scope) => challengeOf(scope, options, nonces),
    close: async () => {
      await Promise.all([events.close(), uses.close()]);
      await follower.close();
    },
  };
}

type Secrets = GarimOptions["keys"]["secrets"];

async function openDesk(
  options: ToolOptions,
  secrets: Secrets,
  ground: Ground,
  database: Database,
  duties: DutyGround | null,
): Promise<ToolDesk> {
  const { clock, policy, log, logger } = ground;
  const { issuer, audience, onEvent } = options;
  const record = createChangeRecord(ground);
  const onFault = (error: unknown): void => logger.error(describeError(error), "garim: tools' events");
  // One for the whole node: who keeps registers has one already.
  const follower =
    duties?.follower ??
    (await createFollower({ database, onOutage: outageOf(ground), onChange: ground.hints.tell }));
  ground.hints.hear(() => void follower.refresh().catch(() => undefined));
  const common = { database, follower, record, clock };
  const append: typeof log.append = (access) => log.append(access);
  const [grants, tools, issued, keys, register, purges] = await Promise.all([
    createGrants({ ...common, policy }),
    createTools(common),
    createIssuedTokens({ database, follower, clock }),
    createTokenKeys({ ...common, keys: secrets }),
    duties?.desk.register ?? createRegister({ database, follower, append, policy, clock }),
    duties?.desk.purges ?? createPurges({ database, append, policy, clock }),
  ]);
  const uses = createGrantUses({ database, clock });
  const parts = { grants, tools, tokenKeys: keys, uses, policy, keys: secrets, onFault };
  const debts = (): Promise<readonly ToolDebt[]> => readDebts(purges, clock());
  const events = await createToolEvents({
    ...common,
    ...parts,
    debts,
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  const metadata = () => createMetadata(options);
  const describe: ToolDesk["describe"] = (own) => createDocument(options, own);
  return {
    issuer,
    audience,
    grants,
    tools,
    issued,
    keys,
    follower,
    register,
    purges,
    uses,
    events,
    of: callerOf,
    metadata,
    describe,
  };
}

const PAGE = 1_000;
/** Pages of what is owed that are read for events; a tool and a seller are one row. */
const MOST_PAGES = 100;

async function readDebts(purges: Purges, now: number): Promise<readonly ToolDebt[]> {
  const all: ToolDebt[] = [];
  let after: { readonly after?: string } = {};
  for (let left = MOST_PAGES; left > 0; left--) {
    const { entries, next } = await purges.debts({ limit: PAGE, ...after }, now);
    all.push(...entries);
    if (next === null) break;
    after = { after: next };
  }
  return all;
}

function outageOf({ logger }: Ground): (error: unknown) => void {
  return (error) =>
    error === null
      ? logger.info({}, "garim: grants and tools are known again")
      : logger.error(describeError(error), "garim: grants and tools are not known, tools get nothing");
}

function openRecognition(
  { issuer, audience, follower, issued, tools, keys }: ToolDesk,
  clock: () => number,
  state: StateStore,
  nonces: ProofNonces | undefined,
): Omit<Recognition, "issuers"> {
  const jwks = () => keys.publicSet();
  const isLive = ({ keyId }: { readonly keyId: string }): boolean => keys.isLive(keyId);
  const verifier = createTokenVerifier({ issuer, audience, jwks, isLive, clock });
  const senders = createSenderChecks({ state, clock, ...(nonces === undefined ? {} : { nonces }) });
  return { follower, verifier: knowingNewKeys(verifier, keys, follower), issued, senders, tools };
}

/**
 * The keys are this node's own copy, so a key that was just made is known: the verifier, which reads keys anew every few seconds at most,
 * is told where a token names it.
 */
function knowingNewKeys(verifier: TokenVerifier, keys: TokenKeys, follower: Follower): TokenVerifier {
  let known = "";

  /** Verified for the first time, a token may take so long that whether its key lives has to be asked anew. */
  async function verifyFresh(text: unknown): ReturnType<TokenVerifier["verify"]> {
    try {
      return await verifier.verify(text);
    } catch {
      await follower.ready();
      return await verifier.verify(text);
    }
  }

  return {
    ...verifier,
    async verify(text) {
      const token = await verifyFresh(text);
      if (token.kind === "token" || token.fault !== "key") return token;
      const kids = keys.publicSet().keys.map(({ kid }) => String(kid));
      if (kids.join() === known) return token;
      known = kids.join();
      verifier.forget();
      return await verifier.verify(text);
    },
  };
}

/** The same on every node, and after a restart: nonces of a moment ago are taken. */
function nonceSecret(secrets: Secrets): Uint8Array {
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
