import { randomUUID } from "node:crypto";
import { DAY, kindSet, resolvePolicy } from "@garim/policy";
import {
  createFollower,
  createGrants,
  createIssuedTokens,
  createTokenKeys,
  createTools,
  type Follower,
  type GrantRequest,
  type Grants,
  type IssuedTokens,
  type StateDatabase,
  type StoredGrant,
  type TokenKeys,
  type ToolApplication,
  type ToolChange,
  type Tools,
  type Worker,
} from "../src/index.ts";
import { KEYS, NOON } from "./people.ts";

/** All that one node has of grants and tools. */
export interface ToolNode {
  readonly follower: Follower;
  readonly grants: Grants;
  readonly tools: Tools;
  readonly issued: IssuedTokens;
  readonly keys: TokenKeys;
  /** What was put on record, in order. */
  readonly changes: ToolChange[];
}

export interface ToolNodeOptions {
  readonly clock?: () => number;
  readonly monotonic?: () => number;
  /** The follower's own wall clock. */
  readonly wall?: () => number;
  readonly pollMs?: number;
  readonly onOutage?: (error: unknown) => void;
  readonly onChange?: () => void;
  /** Fails where it throws. */
  readonly record?: (change: ToolChange) => void;
}

/** Starts one; its follower is the test's to close. */
export async function startToolNode(
  database: StateDatabase,
  options: ToolNodeOptions = {},
): Promise<ToolNode> {
  const { clock = () => NOON, record: hear = () => undefined, ...more } = options;
  // A machine under load asks late: where a test does not say otherwise, no time passes for the follower.
  const { monotonic = () => 0, wall = () => 0, ...following } = more;
  const changes: ToolChange[] = [];
  const record = async (change: ToolChange): Promise<void> => {
    hear(change);
    changes.push(change);
  };
  const follower = await createFollower({
    database,
    answerMs: 60_000,
    monotonic,
    clock: wall,
    ...following,
  });
  const ground = { database, follower, clock, record };
  return {
    follower,
    changes,
    grants: await createGrants({ ...ground, policy: resolvePolicy() }),
    tools: await createTools(ground),
    issued: await createIssuedTokens({ database, follower, clock }),
    keys: await createTokenKeys({ ...ground, keys: KEYS }),
  };
}

export const OWNER: Worker = { kind: "staff", id: "kim", sellerId: "seller-1" };
export const OPERATOR: Worker = { kind: "operator", id: "lee", sellerId: null };

/** A consent of seller-1 to a tool nobody else has. */
export function someConsent(more: Partial<GrantRequest> = {}): GrantRequest {
  const contract = { signedAt: NOON - DAY, endsAt: NOON + 365 * DAY };
  return {
    toolId: randomUUID(),
    sellerId: "seller-1",
    kinds: kindSet(["name", "phone", "address"]),
    purposes: ["fulfilment"],
    states: ["open"],
    endsAt: null,
    by: OWNER,
    agreement: contract,
    contract,
    ...more,
  };
}

export const APPLICATION: ToolApplication = {
  name: { ko: "송장 도우미", en: "Label Helper" },
  tier: "key",
  jwksUri: "https://tool.example/jwks.json",
  redirectUris: ["https://tool.example/back"],
  addresses: ["203.0.113.7"],
  ownerContact: "security@tool.example",
};

/** Makes the grant of {@link someConsent}. */
export async function someGrant(node: ToolNode, more: Partial<GrantRequest> = {}): Promise<StoredGrant> {
  const grant = await node.grants.make(someConsent(more));
  if ("kind" in grant) throw new Error(grant.reason);
  return grant;
}

type Ask = () => ReturnType<StateDatabase["query"]>;

/** A client of a real database, which a test may have answer otherwise. */
export interface BreakableClient {
  readonly client: StateDatabase;
  /** From now on every question is answered by this; `null` for as it should be. */
  breakBy(answer: ((ask: Ask, text: string) => Promise<unknown>) | null): void;
  /** How many questions there were. */
  asked(): number;
}

export function breakable(database: StateDatabase): BreakableClient {
  let by: ((ask: Ask, text: string) => Promise<unknown>) | null = null;
  let count = 0;
  const client: StateDatabase = {
    async query(text, values) {
      count += 1;
      const ask: Ask = () => database.query(text, values);
      return (by === null ? await ask() : await by(ask, text)) as Awaited<ReturnType<Ask>>;
    },
  };
  return {
    client,
    breakBy(answer) {
      by = answer;
    },
    asked: () => count,
  };
}
