import type { StoredGrant } from "@garim/auth";
import {
  type ContractFacts,
  decideGrant,
  type Granted,
  type GrantFacts,
  type KindSet,
  type Reason,
  type Refuse,
  refuse,
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
  const other = judgeWorld(ask.toolId, ask.sellerId, desk);
  if (other !== undefined) return refuse(other, desk.policy.edition);
  return decideGrant(grant && factsOf(grant, desk), ask, desk.clock(), desk.policy);
}

function factsOf(grant: StoredGrant, desk: Desk): GrantFacts {
  return { ...grant, ...contractsOf(grant.toolId, grant.sellerId, desk) };
}

/** Why a tool and a seller never meet: what is made up and what is real are two worlds. */
export function judgeWorld(toolId: string, sellerId: string, { tools, sandbox }: Desk): Reason | undefined {
  const isTrying = tools.find(toolId)?.sandbox !== false;
  if (isTrying === sandbox.has(sellerId)) return undefined;
  return isTrying ? "tool-not-approved" : "seller-made-up";
}

/** The contracts a grant stands on. A made-up seller has none, and what a tool in the sandbox reads of it is nobody's data. */
export function contractsOf(toolId: string, sellerId: string, desk: Desk): Contracts {
  const { contracts, sandbox } = desk;
  if (sandbox.has(sellerId)) return { contract: ALWAYS, agreement: ALWAYS };
  return { contract: contracts.contract(sellerId, toolId), agreement: contracts.agreement(toolId) };
}

interface Contracts {
  readonly contract: ContractFacts | null;
  readonly agreement: ContractFacts | null;
}

const ALWAYS: ContractFacts = { signedAt: 0, endsAt: null };
