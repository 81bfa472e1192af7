import type {
  Follower,
  Grants,
  GrantUses,
  IssuedTokens,
  SecretKeys,
  TokenKeys,
  ToolEvents,
  Tools,
} from "@garim/auth";
import type { Purges, Register } from "@garim/duties";
import { GarimError } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import type { Database } from "../start/database.ts";
import type { ToolCaller } from "./caller.ts";
import type { ToolMeters } from "./meters.ts";
import type { DescribeOptions } from "./openapi/options.ts";
import type { ToolOptions } from "./options.ts";
import type { Recognition } from "./recognise.ts";
import type { ToolChallenge } from "./refusal.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import type { TokenMeters } from "./token-meters.ts";
import type { GrantSources } from "./verdicts.ts";
import type { ToolRequest } from "./visitor.ts";
import type { ToolWatch } from "./watch.ts";

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
  /** What tools must have destroyed by when, and their receipts for it. */
  readonly purges: Purges;
  /** What of their grants tools use: scopes nobody uses are proposed for removal. */
  readonly uses: GrantUses;
  /** What tools and the host are told; makes the secrets of webhooks. */
  readonly events: ToolEvents;
  /** The tool that sent a request, for a handler of a route open to tools; `null` where it is somebody's of the seller. */
  of(req: Request): ToolCaller | null;
  /** `app.get("/.well-known/oauth-protected-resource…", …)`: what a tool needs to know of this API (RFC 9728). */
  metadata(): RequestHandler;
  /**
   * `app.get("/tool/openapi.json", …)`: what the app's routes give tools, as OpenAPI 3.1, read off those routes.
   *
   * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`
   */
  describe(options?: DescribeOptions): RequestHandler;
}

/** What guards work with. */
export interface ToolGround {
  readonly desk: ToolDesk;
  readonly recognition: Recognition;
  readonly sources: GrantSources;
  readonly sandbox: Sandbox;
  readonly uses: GrantUses;
  readonly options: ToolOptions;
  readonly meters: ToolMeters;
  readonly tokenMeters: TokenMeters;
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
