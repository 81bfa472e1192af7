import { hash } from "node:crypto";
import {
  type ChangeSource,
  type GrantRequest,
  readOrderPii,
  type StoredGrant,
  type Worker,
} from "@garim/auth";
import { DAY, decideGrant, type Reason, type Refuse } from "@garim/policy";
import type { Pending } from "../core/core.ts";
import type { Desk } from "../house/desk.ts";
import { contractsOf, judgeWorld } from "../house/grant-facts.ts";
import type { ConsentView } from "./page.ts";

/** Ends a seller can choose, in days, besides the longest there is. */
const DAYS: readonly number[] = [7, 30, 90];

/** What a seller may be asked, in whose name. */
export interface Askable {
  readonly kind: "askable";
  readonly view: ConsentView;
  readonly request: GrantRequest;
}

export interface Unaskable {
  readonly kind: "refuse";
  readonly reason: Reason;
}

/**
 * Puts together what a seller is asked, by the rule that judges each use of the grant later.
 *
 * @source toolcode-2022/grant, pipa/26
 */
export function askOf(pending: Pending, by: Worker, language: "ko" | "en", desk: Desk): Askable | Unaskable {
  const { toolId, redirectUri: goal } = pending;
  const { sellerId } = by;
  const ask = readOrderPii(pending.details);
  const tool = desk.tools.find(toolId);
  if (ask === undefined || tool === null || sellerId === null) return unaskable("grant-missing");
  if (tool.status === "suspended") return unaskable("tool-suspended");
  const other = judgeWorld(toolId, sellerId, desk);
  if (other !== undefined) return unaskable(other);
  if (ask.sellers?.includes(sellerId) === false) return unaskable("grant-other-seller");
  const { kinds, purpose, states, orders } = ask;
  const scope = { toolId, sellerId, kinds, purposes: [purpose], states, endsAt: null };
  const request = { ...scope, by, ...contractsOf(toolId, sellerId, desk) };
  const now = desk.clock();
  const facts = { ...request, grantedAt: now, revokedAt: null };
  const decision = decideGrant(facts, { toolId, sellerId, kinds, purpose }, now, desk.policy);
  if (decision.kind === "refuse") return unaskable(decision.reason);
  const shown = {
    tool: tool.name[language],
    isSandbox: tool.sandbox,
    sellerId,
    kinds,
    purpose,
    states,
    orders,
  };
  const { tasks = [], subProcessors = [] } = desk.contracts.contract(sellerId, toolId) ?? {};
  const longest = decision.until;
  const days = DAYS.filter((count) => now + count * DAY < longest);
  return {
    kind: "askable",
    request,
    view: { ...shown, tasks, subProcessors, goal, longest, days, seen: seenOf(pending, toolId, by) },
  };
}

/**
 * Makes the grant a seller consented to.
 *
 * @param days - the end chosen; `undefined` for the longest there is
 * @param source - the request they consent by
 */
export async function grantAsked(
  { request, view }: Askable,
  days: number | undefined,
  source: ChangeSource,
  desk: Desk,
): Promise<StoredGrant | Refuse> {
  const endsAt = days === undefined || !view.days.includes(days) ? null : desk.clock() + days * DAY;
  return await desk.grants.make({ ...request, endsAt, source });
}

/** What the form repeats: for whom and by whom it was shown. A form of another page, person or seller is worth nothing. */
function seenOf(
  { name, details, redirectUri, scope }: Pending,
  toolId: string,
  { id, sellerId }: Worker,
): string {
  return hash(
    "sha256",
    JSON.stringify([name, toolId, details, redirectUri, scope, id, sellerId]),
    "base64url",
  );
}

function unaskable(reason: Reason): Unaskable {
  return { kind: "refuse", reason };
}
