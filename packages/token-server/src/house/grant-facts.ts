import type { StoredGrant } from "@garim/auth";
import {
  type ContractFacts,
  decideGrant,
  type Granted,
  type GrantFacts,
  type KindSet,
  type Refuse,
} from "@garim/policy";
import type { Desk } from "./desk.ts";

/** What is asked of one seller's grant. */
export interface SellerAsk {
  readonly toolId: string;
  readonly sellerId: string;
  readonly kinds: KindSet;
  readonly purpose: string;
}

/** Decides by the grant as it is now, and by the contracts on file now. */
export function decideNow(ask: SellerAsk, desk: Desk): Granted | Refuse {
  const { toolId, sellerId } = ask;
  return decideBy(desk.grants.find(toolId, sellerId), ask, desk);
}

/** As {@link decideNow}, where the grant was found already. */
export function decideBy(grant: StoredGrant | null, ask: SellerAsk, desk: Desk): Granted | Refuse {
  return decideGrant(grant && factsOf(grant, desk), ask, desk.clock(), desk.policy);
}

function factsOf(grant: StoredGrant, desk: Desk): GrantFacts {
  return { ...grant, ...contractsOf(grant.toolId, grant.sellerId, desk) };
}

/** The contracts a grant stands on. A made-up seller has none, and what a tool in the sandbox reads of it is nobody's data. */
export function contractsOf(toolId: string, sellerId: string, desk: Desk): Contracts {
  const { contracts, tools, isSandboxSeller } = desk;
  if (isSandboxSeller(sellerId)) return { contract: ALWAYS, agreement: ALWAYS };
  // It has not been approved: it reads nobody else.
  if (tools.find(toolId)?.sandbox !== false) return { contract: null, agreement: null };
  return { contract: contracts.contract(sellerId, toolId), agreement: contracts.agreement(toolId) };
}

interface Contracts {
  readonly contract: ContractFacts | null;
  readonly agreement: ContractFacts | null;
}

const ALWAYS: ContractFacts = { signedAt: 0, endsAt: null };
