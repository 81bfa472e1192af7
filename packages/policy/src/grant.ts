import {
  ALLOW,
  type Allow,
  OBLIGATIONS,
  type Obligation,
  type Refuse,
  refuse,
  sourceOf,
} from "./decision.ts";
import { DAY, isMoment } from "./moment.ts";
import { type KindSet, NO_KINDS, readKinds } from "./pii-kind.ts";
import type { Policy } from "./policy.ts";
import type { SellerId } from "./principal.ts";
import type { Reason } from "./reason.ts";
import type { SourceId } from "./source.ts";

/** States of an order line a grant can cover. Lines that are neither are masked for every tool. */
export const GRANT_STATES = ["open", "claim"] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** A contract on file: moments are UTC milliseconds, the end exclusive; `null` for none agreed. */
export interface ContractFacts {
  readonly signedAt: number;
  readonly endsAt: number | null;
}

/** What a seller granted to a tool (연동 동의). Moments are UTC milliseconds; an end is exclusive: at that very moment it is over. */
export interface GrantFacts {
  readonly sellerId: SellerId;
  readonly toolId: string;
  readonly kinds: KindSet;
  readonly purposes: readonly string[];
  readonly states: readonly GrantState[];
  readonly grantedAt: number;
  /** The end the seller chose; `null` for the longest there is. */
  readonly endsAt: number | null;
  readonly revokedAt: number | null;
  /** The outsourcing contract (위탁 계약) of seller and tool; `null` where none is on file. */
  readonly contract: ContractFacts | null;
  /** The API agreement of marketplace and tool; `null` where none is on file. */
  readonly agreement: ContractFacts | null;
}

/** What a tool asks for. */
export interface GrantAsk {
  readonly sellerId: SellerId;
  readonly toolId: string;
  readonly purpose: string;
  readonly kinds: KindSet;
}

/** A live grant: what of the asked it allows, line by line still judged by the matrix. */
export interface Granted {
  readonly kind: "granted";
  /** The granted kinds among the asked ones; never empty. */
  readonly kinds: KindSet;
  readonly states: readonly GrantState[];
  readonly reason: Reason;
  readonly source: SourceId;
  readonly obligations: readonly Obligation[];
  /** When it ends by itself, UTC milliseconds, exclusive. */
  readonly until: number;
}

/**
 * Decides what a tool may have of one seller's data. To be asked on every request: a grant is never frozen into a token.
 *
 * @param grant - the grant of this seller and tool; `null` where there is none
 * @param now - the moment of the request, UTC milliseconds
 * @source code-2022/tool, toolcode-2022/grant, pipa/26
 */
export function decideGrant(
  grant: GrantFacts | null,
  ask: GrantAsk,
  now: number,
  policy: Policy,
): Granted | Refuse {
  if (grant === null) return refuse("grant-missing", policy.edition);
  const refusal = findOtherScope(grant, ask) ?? findEnd(grant, now, policy);
  if (refusal !== undefined) return refuse(refusal, policy.edition);
  const kinds = readKinds(grant.kinds) & readKinds(ask.kinds);
  if (kinds === NO_KINDS) return refuse("grant-lacks-field", policy.edition);
  const { states } = grant;
  const source = sourceOf("granted", policy.edition);
  const until = grantEnd(grant, policy);
  return { kind: "granted", kinds, states, reason: "granted", source, obligations: OBLIGATIONS, until };
}

/**
 * When a grant ends by itself: at the earliest of its own end, `policy.grantDays`, its contracts' ends and a revocation.
 *
 * @returns UTC milliseconds, exclusive; `NaN` where a moment cannot be read or a contract is missing
 * @source toolcode-2022/grant, pipa/26
 */
export function grantEnd(grant: GrantFacts, policy: Policy): number {
  const longest = isMoment(grant.grantedAt) ? grant.grantedAt + policy.grantDays * DAY : Number.NaN;
  const ends = [grant.endsAt, grant.revokedAt, endOf(grant.contract), endOf(grant.agreement)];
  return Math.min(longest, ...ends.map(readEnd));
}

/**
 * Whether an agreement or a contract is in force; what both have to be before a tool gets anything.
 *
 * @param now - UTC milliseconds; the end is exclusive
 * @source toolcode-2022/grant, pipa/26
 */
export function decideContract(contract: ContractFacts | null, now: number, policy: Policy): Allow | Refuse {
  if (!isSigned(contract, now)) return refuse("contract-missing", policy.edition);
  return isBefore(now, endOf(contract)) ? ALLOW : refuse("contract-ended", policy.edition);
}

function endOf(contract: ContractFacts | null): number | null {
  return contract === null ? Number.NaN : contract.endsAt;
}

function readEnd(end: number | null): number {
  if (end === null) return Number.POSITIVE_INFINITY;
  return isMoment(end) ? end : Number.NaN;
}

function findOtherScope(grant: GrantFacts, ask: GrantAsk): Reason | undefined {
  if (!isSame(grant.toolId, ask.toolId)) return "grant-missing";
  if (!isSame(grant.sellerId, ask.sellerId)) return "grant-other-seller";
  const isPurpose = Array.isArray(grant.purposes) && grant.purposes.includes(ask.purpose);
  return isPurpose ? undefined : "grant-purpose";
}

/** Two names nobody gave are not the same name. */
function isSame(one: string, other: string): boolean {
  return typeof one === "string" && one !== "" && one === other;
}

function findEnd(grant: GrantFacts, now: number, policy: Policy): Reason | undefined {
  const { contract, agreement, grantedAt, revokedAt } = grant;
  if (!isSigned(contract, now) || !isSigned(agreement, now)) return "contract-missing";
  if (!isBefore(now, endOf(contract)) || !isBefore(now, endOf(agreement))) return "contract-ended";
  if (!isBefore(now, revokedAt)) return "grant-revoked";
  if (!(isMoment(grantedAt) && grantedAt <= now)) return "grant-missing";
  return now < grantEnd(grant, policy) ? undefined : "grant-ended";
}

function isSigned(contract: ContractFacts | null, now: number): contract is ContractFacts {
  const isObject = typeof contract === "object" && contract !== null;
  return isObject && isMoment(contract.signedAt) && contract.signedAt <= now;
}

function isBefore(now: number, end: number | null): boolean {
  return now < readEnd(end);
}
