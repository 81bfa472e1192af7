import type { Grants, StoredGrant } from "@garim/auth";
import type { Register } from "@garim/duties";
import {
  decideGrant,
  type GrantFacts,
  type GrantState,
  type KindSet,
  NO_KINDS,
  type Policy,
  type Refuse,
  refuse,
} from "@garim/policy";
import type { DutyGround } from "../duties/ground.ts";
import type { ToolVisitor } from "./visitor.ts";

/** What a tool may have of one seller's lines at one moment. */
export interface SellerShare {
  readonly kind: "share";
  readonly sellerId: string;
  readonly grant: StoredGrant;
  readonly kinds: KindSet;
  readonly states: readonly GrantState[];
  /** When it ends by itself, UTC milliseconds, exclusive. */
  readonly until: number;
}

/** What is asked about a seller, for each request anew. */
export interface GrantSources {
  readonly grants: Grants;
  readonly register: Pick<Register, "agreement" | "contract">;
  readonly isSandboxSeller: (sellerId: string) => boolean;
  readonly policy: Policy;
  /** Whether the host's registers let a seller's data go to a tool; asked of real sellers alone. */
  readonly duties: Pick<DutyGround, "judgeTool"> | null;
}

/** For made-up sellers nobody signs. */
const NO_END = { signedAt: 0, endsAt: null } as const;

/**
 * Judges what a tool may have of a seller's lines: by what the token was narrowed to, and the live grant with its contracts.
 *
 * @param now - UTC milliseconds
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where this node's copies are stale
 */
export function judgeSeller(
  { toolId, tool, asked, other }: ToolVisitor,
  sellerId: string,
  now: number,
  sources: GrantSources,
): SellerShare | Refuse {
  const { grants, policy, isSandboxSeller } = sources;
  if (asked === null) return refuse("token-other-use", policy.edition);
  if (asked.sellers !== null && !asked.sellers.includes(sellerId))
    return refuse("grant-other-seller", policy.edition);
  const isSandbox = isSandboxSeller(sellerId);
  if (tool?.sandbox !== false && !isSandbox) return refuse("tool-not-approved", policy.edition);
  if (tool?.sandbox === false && isSandbox) return refuse("seller-made-up", policy.edition);
  const { purpose, kinds } = asked;
  const theirs = other?.grants() ?? null;
  const grant = theirs === null ? grants.find(toolId, sellerId) : (theirs.find(isOf(sellerId)) ?? null);
  const facts = grantFactsOf(grant, isSandbox, sources);
  const decided = decideGrant(facts, { sellerId, toolId, purpose, kinds }, now, policy);
  if (decided.kind === "refuse" || grant === null) return decided as Refuse;
  const duty = isSandbox ? undefined : judgeDuty(sellerId, toolId, sources);
  if (duty !== undefined) return duty;
  const states = decided.states.filter((state) => asked.states.includes(state));
  // Nobody can tell whether such a token was revoked: it gets no personal data.
  const isUnchecked = other !== null && !other.isChecked;
  const given = isUnchecked ? NO_KINDS : decided.kinds;
  return { kind: "share", sellerId, grant, kinds: given, states, until: decided.until };
}

function isOf(sellerId: string): (grant: StoredGrant) => boolean {
  return (grant) => grant.sellerId === sellerId;
}

function judgeDuty(sellerId: string, toolId: string, { duties, register }: GrantSources): Refuse | undefined {
  return duties?.judgeTool(sellerId, toolId, register.contract(sellerId, toolId));
}

/** A grant with what was signed for it, as it is judged; `null` where there is none. */
export function grantFactsOf(
  grant: StoredGrant | null,
  isSandbox: boolean,
  { register }: GrantSources,
): GrantFacts | null {
  if (grant === null) return null;
  const { toolId, sellerId } = grant;
  const agreement = isSandbox ? NO_END : register.agreement(toolId);
  const contract = isSandbox ? NO_END : register.contract(sellerId, toolId);
  // Whoever revoked may have had a clock that is ahead: what is known to be revoked is over, here and now.
  const revokedAt = grant.revokedAt === null ? null : Math.min(grant.revokedAt, grant.grantedAt);
  return { ...grant, revokedAt, agreement, contract };
}

/** Remembers the verdicts of one answer: a seller is judged once, at one moment, however many lines there are. */
export function createVerdicts(
  visitor: ToolVisitor,
  now: number,
  sources: GrantSources,
): (sellerId: string) => SellerShare | Refuse {
  const known = new Map<string, SellerShare | Refuse>();
  return (sellerId) => {
    const verdict = known.get(sellerId) ?? judgeSeller(visitor, sellerId, now, sources);
    known.set(sellerId, verdict);
    return verdict;
  };
}
