import type { AccessLog, Actor } from "@garim/audit";
import type { Grants, IssuedTokens, TokenKeys, Tools, Worker } from "@garim/auth";
import type { Sandbox } from "@garim/express";
import type { ContractFacts, Policy } from "@garim/policy";

/** What is on file of a tool and its sellers: nothing is granted without both. */
export interface ContractBook {
  /** The API agreement of marketplace and tool; `null` where none is on file. */
  agreement(toolId: string): ContractFacts | null;
  /** The outsourcing contract (위탁 계약) of seller and tool; `null` where none is on file. */
  contract(sellerId: string, toolId: string): FiledContract | null;
}

/** A contract, and what the seller entrusts by it: shown where they consent. */
export interface FiledContract extends ContractFacts {
  readonly tasks: readonly string[];
  readonly subProcessors: readonly { readonly name: string; readonly country: string }[];
}

/** What tokens are issued by: `garim.tools` of `@garim/express`. What is synchronous is this node's copy, and throws where it is stale. */
export interface Desk {
  /** `iss` of every token, and the address of this server. */
  readonly issuer: string;
  /** `aud` of every token: the API. */
  readonly audience: string;
  readonly grants: Grants;
  readonly tools: Tools;
  readonly issued: IssuedTokens;
  readonly keys: TokenKeys;
  readonly contracts: ContractBook;
  /** The made-up sellers: the only ones a tool in the sandbox reads, by a grant and no contract, and nobody else does. */
  readonly sandbox: Sandbox;
  readonly log: AccessLog;
  readonly policy: Policy;
  readonly clock: () => number;
  /** Resolves where the copies may be used, at once or after asking the database. */
  ready(): Promise<void>;
  /** Asks the database now. */
  refresh(): Promise<void>;
  /** Whether a tool has still to say of something it read that it is destroyed. */
  owesReceipts(toolId: string): Promise<boolean>;
  /** Makes what a tool's webhook is signed with, on record; `null` where there is no such tool. */
  makeWebhookSecret(toolId: string, by: Worker): Promise<string | null>;
}

/** A tool as it stands in the access log. */
export function actorOfTool(toolId: string, sellerId: string | null): Actor {
  return { kind: "tool", id: toolId, sellerId };
}
