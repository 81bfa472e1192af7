import {
  ACTION_WORDS,
  ACTOR_WORDS,
  isObserved,
  type LogEntry,
  MODE_WORDS,
  OUTCOME_WORDS,
} from "@garim/audit";
import { REASONS } from "@garim/policy";
import type { Language } from "../answer/problem.ts";

/** One access as the people of a shop see it: who did what, and how much of it was clear. Whose data it was is not told. */
export interface AccessView {
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly actor: { readonly kind: string; readonly id: string; readonly kindText: string };
  /** Whose account it was done to; `null` where it was nobody else's. */
  readonly target: string | null;
  readonly action: string;
  readonly actionText: string;
  readonly outcome: string;
  readonly outcomeText: string;
  readonly reason: string | null;
  /** The reason in words. */
  readonly because: string | null;
  readonly purpose: string | null;
  readonly ip: string;
  readonly records: number;
  readonly clear: number;
  readonly subjects: number;
}

export function viewAccess({ seq, access }: LogEntry, language: Language): AccessView {
  const { at, actor, target, action, outcome, reason, purpose, origin, records } = access;
  const subjects = new Set(records.flatMap((record) => record.subjects.map(({ hex }) => hex)));
  return {
    seq,
    at,
    actor: { kind: actor.kind, id: actor.id, kindText: ACTOR_WORDS[actor.kind][language] },
    target: target?.id ?? null,
    action,
    actionText: ACTION_WORDS[action][language],
    outcome,
    outcomeText: sayOutcome(access, language),
    reason,
    because: reason === null ? null : REASONS[reason].because[language],
    purpose,
    ip: origin.ip,
    records: records.length,
    clear: records.filter(({ disclosure }) => isObserved(access) || disclosure.kind === "reveal").length,
    subjects: subjects.size,
  };
}

/** What was only observed left as the host gave it: nobody must read it as masked or refused. */
function sayOutcome({ outcome, mode }: LogEntry["access"], language: Language): string {
  const said = OUTCOME_WORDS[outcome][language];
  return mode === undefined ? said : `${said} (${MODE_WORDS[mode][language]})`;
}
