import { hash } from "node:crypto";
import { DAY, kindsOf, type Policy, purgeBy } from "@garim/policy";
import { GRANT_DEFAULTS } from "../defaults.ts";
import type { StoredGrant } from "../grant.ts";
import type { TokenKey } from "../token-key.ts";
import type { RegisteredTool } from "../tool.ts";
import type { UnusedScope } from "../uses/use.ts";
import type { ToolEvent, ToolEventType } from "./event.ts";

/** What a tool has to destroy of one seller's orders, and has not said that it did. */
export interface DueDebt {
  readonly toolId: string;
  readonly sellerId: string;
  /** By when the first of it, UTC milliseconds, inclusive. */
  readonly dueAt: number;
}

/** What events are read from. */
export interface EventSources {
  readonly debts: readonly DueDebt[];
  readonly grants: readonly StoredGrant[];
  readonly tools: readonly RegisteredTool[];
  readonly keys: readonly TokenKey[];
  readonly unused: readonly UnusedScope[];
}

/** How many days ahead an end is told of; each once. */
const AHEAD_DAYS: readonly number[] = [1, 7, 30];
/** What happened longer ago is told no more, so that a deployment which begins to tell does not begin with its past. */
const LATE_DAYS = 7;
/** What goes on is told of again after so long. */
const AGAIN_DAYS = 30;

/**
 * Reads from what is stored what there is to be told. Nothing has to be noted when something happens, so nothing is forgotten where a
 * process ends in between; the same state gives the same ids, whichever node looks.
 *
 * @param now - UTC milliseconds
 */
export function eventsDue(sources: EventSources, now: number, policy: Policy): readonly ToolEvent[] {
  return [
    ...sources.grants.flatMap((grant) => ofGrant(grant, now, policy)),
    ...sources.tools.flatMap((tool) => ofTool(tool, now)),
    ...sources.keys.flatMap((key) => ofKey(key, now)),
    ...sources.unused.map((scope) => ofUnused(scope, now)),
    ...sources.debts.flatMap((debt) => ofDebt(debt, now)),
  ];
}

function ofGrant(grant: StoredGrant, now: number, policy: Policy): readonly ToolEvent[] {
  const { changedAt, revokedAt, endsAt } = grant;
  if (revokedAt !== null) return over("grant.revoked", grant, revokedAt, now, policy);
  if (endsAt <= now) return over("grant.ended", grant, endsAt, now, policy);
  // Nearly always there is nothing to tell, and there are many grants.
  const days = daysAhead(endsAt, grant.grantedAt, now);
  const isChanged = changedAt !== null && isLately(changedAt, now);
  if (days === undefined && !isChanged) return NOTHING;
  return [
    ...(days === undefined ? [] : [ending(grant, days)]),
    ...(changedAt === null || !isChanged ? [] : [changed(grant, changedAt)]),
  ];
}

const NOTHING: readonly ToolEvent[] = Object.freeze([]);

function ending(grant: StoredGrant, days: number): ToolEvent {
  const { id, endsAt } = grant;
  return told("grant.ending", `${id}:${endsAt}:${days}`, endsAt, grant, { days, endsAt: iso(endsAt) });
}

function changed(grant: StoredGrant, at: number): ToolEvent {
  const { kinds, purposes, states } = grant;
  const scope = { kinds: kindsOf(kinds).join(" "), purposes: purposes.join(" "), states: states.join(" ") };
  return told("grant.changed", `${grant.id}:${at}`, at, grant, scope);
}

/** The end of a grant, which says until when what was read by it has to be destroyed; and that moment itself. */
function over(
  type: "grant.revoked" | "grant.ended",
  grant: StoredGrant,
  at: number,
  now: number,
  policy: Policy,
): readonly ToolEvent[] {
  const due = purgeBy(null, at, policy);
  // Nearly all grants that are over are long over.
  if (!isLately(at, now) && !isLately(due, now)) return NOTHING;
  const data = { purgeBy: iso(due) };
  return [
    ...(isLately(at, now) ? [told(type, grant.id, at, grant, data)] : []),
    ...(isLately(due, now) ? [told("purge.due", grant.id, due, grant, data)] : []),
  ];
}

function ofTool(tool: RegisteredTool, now: number): readonly ToolEvent[] {
  const { toolId, suspendedAt, secret } = tool;
  const whose = { toolId, sellerId: null, id: null };
  if (suspendedAt !== null)
    return isLately(suspendedAt, now)
      ? [told("tool.suspended", `${toolId}:${suspendedAt}`, suspendedAt, whose, {})]
      : [];
  if (secret === null || secret.endsAt <= now) return [];
  const days = daysAhead(secret.endsAt, Number.NEGATIVE_INFINITY, now);
  if (days === undefined) return [];
  const data = { days, endsAt: iso(secret.endsAt) };
  return [told("secret.ending", `${toolId}:${secret.endsAt}:${days}`, secret.endsAt, whose, data)];
}

/** A key that signs for long is a key that many may have copied. */
function ofKey(key: TokenKey, now: number): readonly ToolEvent[] {
  const { kid, owner, madeAt, endsAt, retiredAt } = key;
  const ageDays = Math.floor((now - madeAt) / DAY);
  if (endsAt !== null || retiredAt !== null || ageDays < GRANT_DEFAULTS.keyDays) return [];
  const nobody = { toolId: null, sellerId: null, id: null };
  const again = Math.floor((ageDays - GRANT_DEFAULTS.keyDays) / AGAIN_DAYS);
  return [told("key.old", `${kid}:${again}`, now, nobody, { kid, owner, ageDays })];
}

function ofUnused({ grant, kinds, purposes, isWhole }: UnusedScope, now: number): ToolEvent {
  const again = Math.floor((now - grant.grantedAt) / (AGAIN_DAYS * DAY));
  const scope = { kinds: kindsOf(kinds).join(" "), purposes: purposes.join(" ") };
  const data = { ...scope, unusedDays: GRANT_DEFAULTS.unusedDays, whole: String(isWhole) };
  return told("scope.unused", `${grant.id}:${again}`, now, grant, data);
}

/** What an order's purpose is over for: told on the day it is due, before it is late, and each day after until a receipt came. */
function ofDebt({ toolId, sellerId, dueAt }: DueDebt, now: number): readonly ToolEvent[] {
  const today = Math.floor(now / DAY);
  if (dueAt >= (today + 1) * DAY) return NOTHING;
  const data = { purgeBy: iso(dueAt) };
  return [told("purge.due", `${toolId}:${sellerId}:${today}`, dueAt, { id: null, toolId, sellerId }, data)];
}

interface Whose {
  readonly id: string | null;
  readonly toolId: string | null;
  readonly sellerId: string | null;
}

function told(
  type: ToolEventType,
  id: string,
  at: number,
  { id: grantId, toolId, sellerId }: Whose,
  data: ToolEvent["data"],
): ToolEvent {
  // No dot, which parts what a webhook signs, and nothing that a header cannot hold.
  const name = hash("sha256", `${type}:${id}`, "base64url");
  return { id: `evt-${name}`, type, at, toolId, sellerId, grantId, data };
}

/** The nearest mark that is behind us; what began after a mark is not told of it. */
function daysAhead(endsAt: number, beganAt: number, now: number): number | undefined {
  return AHEAD_DAYS.find((days) => endsAt - days * DAY <= now && beganAt < endsAt - days * DAY);
}

function isLately(at: number, now: number): boolean {
  return at <= now && now - at < LATE_DAYS * DAY;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
