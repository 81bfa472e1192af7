import { type Policy, sessionEnds, type WorkerIdentity, workerId } from "@garim/policy";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { isFresh, type SessionRead } from "./cache.ts";
import { dropStale } from "./drop-stale.ts";
import type { SessionOrigin } from "./origin.ts";
import type { Live, SessionUse } from "./session.ts";

/** What a request says of itself: what its check depends on besides the store and the moment. */
export interface Question {
  /** The secret id that came; `null` for none. */
  readonly id: string | null;
  readonly identity: WorkerIdentity;
  readonly use: SessionUse;
  readonly from: SessionOrigin;
}

/**
 * Answers that changed nothing, to be given again to requests that say the same, as long as the read they came from is good. A page's
 * requests say all the same: hashing the id and judging again for each took most of what a check takes.
 */
export interface RecentAnswers {
  find(question: Question, now: number): Live | undefined;
  /**
   * @param read - what the answer came from
   * @param now - the moment it was given for, UTC milliseconds
   * @returns the answer
   */
  keep(question: Question, answer: Live, read: SessionRead, now: number): Live;
}

interface Kept {
  readonly question: Question;
  readonly roles: readonly string[];
  readonly answer: Live;
  readonly read: SessionRead;
  /** From when, inclusive, and until when, exclusive, time alone changes nothing of it. UTC milliseconds. */
  readonly from: number;
  readonly until: number;
}

const NO_ROLES: readonly string[] = [];

export function createRecentAnswers(policy: Policy): RecentAnswers {
  // By the secret id, which is here no longer than its cookie is in the process anyway.
  const kept = new LRUCache<string, Kept>({ max: AUTH_DEFAULTS.cacheEntries });
  return {
    find(question, now) {
      const last = question.id === null ? undefined : kept.get(question.id);
      if (last === undefined || !isFresh(last.read, now)) return undefined;
      if (now < last.from || now >= last.until || !isAlike(question, last)) return undefined;
      last.read.isUsed = true;
      return last.answer;
    },
    keep(question, answer, read, now) {
      if (question.id === null) return answer;
      const identity = { ...question.identity };
      const until = staysUntil(question.use, answer, now, policy);
      // Copies: the host may change its list, and an id is a slice of the cookie header, which it would keep.
      const id = Buffer.from(question.id).toString();
      const roles = rolesOf(identity).slice();
      dropStale(kept, (one) => !isFresh(one.read, now));
      kept.set(id, { question: { ...question, id, identity }, roles, answer, read, from: now, until });
      return answer;
    },
  };
}

/** Until when a live session's answer is the same; the moment itself where it is not even that long. */
function staysUntil(use: SessionUse, { session }: Live, now: number, policy: Policy): number {
  const { secondFactor, lastActivityAt, authenticatedAt, openedAt } = session;
  // What another node's clock put into the future changes with this node's.
  if (Math.max(lastActivityAt, authenticatedAt, openedAt, secondFactor?.at ?? 0) > now) return now;
  const { idleAt, absoluteAt } = sessionEnds(
    { lastActivityAt, authenticatedAt: Math.min(authenticatedAt, openedAt) },
    policy,
  );
  const activeAt = use === "activity" ? lastActivityAt + AUTH_DEFAULTS.activityMs : Number.POSITIVE_INFINITY;
  return Math.min(idleAt, absoluteAt, activeAt);
}

function isAlike({ identity, use, from }: Question, { question: last, roles }: Kept): boolean {
  return (
    use === last.use &&
    from.device === last.from.device &&
    from.network === last.from.network &&
    isSamePerson(identity, last.identity) &&
    isEqual(rolesOf(identity), roles)
  );
}

function isSamePerson(one: WorkerIdentity, other: WorkerIdentity): boolean {
  return (
    one.kind === other.kind &&
    workerId(one) === workerId(other) &&
    sellerOf(one) === sellerOf(other) &&
    one.authenticatedAt === other.authenticatedAt
  );
}

function sellerOf(identity: WorkerIdentity): string | null {
  return identity.kind === "staff" ? identity.sellerId : null;
}

function rolesOf(identity: WorkerIdentity): readonly string[] {
  return identity.kind === "staff" && Array.isArray(identity.roles) ? identity.roles : NO_ROLES;
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((role, i) => role === other[i]);
}
