import { type Actor, type Detail, isObserved, type LogEntry } from "@garim/audit";

/** One line of a page: what happened, and how much of it was clear. Moments are UTC milliseconds. */
export interface RecordLine {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly actor: Actor;
  /** Whose account it was done to; `null` where it was nobody else's. */
  readonly target: Actor | null;
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
  /** `observe` where it was decided and not enforced: everything of it left clear; `null` where it was enforced. */
  readonly mode: string | null;
  readonly purpose: string | null;
  readonly route: string;
  readonly ip: string;
  readonly session: string | null;
  readonly records: number;
  readonly clear: number;
  /** How many different pseudonyms. */
  readonly subjects: number;
  /** The first of them; an export has all. */
  readonly pseudonyms: readonly Pseudonym[];
  /** Roles before and after, a question's filter: what else it was about. */
  readonly detail: Detail | null;
}

interface Pseudonym {
  readonly type: string;
  readonly hex: string;
}

/** As many as can be resolved at once. */
const MOST_PSEUDONYMS = 100;

export function lineOf({ seq, id, access }: LogEntry): RecordLine {
  const { at, actor, action, outcome, reason, purpose, route, session, records } = access;
  const pseudonyms = pseudonymsOf(access);
  return {
    seq,
    id,
    at,
    actor,
    target: access.target ?? null,
    action,
    outcome,
    reason,
    mode: access.mode ?? null,
    purpose,
    route,
    ip: access.origin.ip,
    session,
    records: records.length,
    clear: records.filter((record) => isObserved(access) || record.disclosure.kind === "reveal").length,
    subjects: pseudonyms.length,
    pseudonyms: pseudonyms.slice(0, MOST_PSEUDONYMS),
    detail: access.detail ?? null,
  };
}

/** Each once: several records of an answer are often of one buyer. */
function pseudonymsOf({ records }: LogEntry["access"]): readonly Pseudonym[] {
  const all = records.flatMap(({ subjects }) => subjects);
  return [...new Map(all.map(({ type, hex }) => [hex, { type, hex }])).values()];
}
