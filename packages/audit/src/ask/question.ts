import type { Subject } from "@garim/policy";
import { RIGHTS_ACTIONS } from "../lasting-actions.ts";
import { type LogFilter, queryInvalid } from "./filter.ts";

/** What auditors ask. */
export const VERBS = [
  "find",
  "who-saw",
  "by-actor",
  "by-tool",
  "downloads",
  "denied",
  "sessions",
  "rights-history",
  "charts",
  "scope",
  "review",
  "evidence",
  "observed",
] as const;

export type Verb = (typeof VERBS)[number];

/** A question: what it is called on record, and the filter it comes to. */
export interface Question {
  readonly verb: Verb;
  readonly filter: LogFilter;
}

/** What a question may be narrowed by: all but what it says itself. */
export type Narrow = LogFilter;

/** Whatever a filter finds; everything, unless narrowed. */
export function everything(narrow: Narrow = {}): Question {
  return { verb: "find", filter: narrow };
}

/** Who saw a data subject or tried to, and which auditor asked for them. */
export function whoSaw(subject: Subject, narrow: Narrow = {}): Question {
  return put("who-saw", { subject }, narrow);
}

/** What somebody did. */
export function byActor(actor: string, narrow: Narrow = {}): Question {
  return put("by-actor", { actor }, narrow);
}

/** What a seller tool did, for whichever seller. */
export function byTool(tool: string, narrow: Narrow = {}): Question {
  return put("by-tool", { kind: "tool", actor: tool }, narrow);
}

/** What left as a file, or was refused to; with `withoutPurpose`, that for which none is stated. */
export function downloads(
  { withoutPurpose = false }: { readonly withoutPurpose?: boolean } = {},
  narrow: Narrow = {},
): Question {
  const own: LogFilter = { actions: ["download"], ...(withoutPurpose ? { hasPurpose: false } : {}) };
  return put("downloads", own, narrow);
}

/** What was refused. */
export function denied(narrow: Narrow = {}): Question {
  return put("denied", { outcome: "refused" }, narrow);
}

/** Views of which some were only observed (`mode`): what is looked through to tell what enforcing would change. */
export function observed(narrow: Narrow = {}): Question {
  return put("observed", { actions: ["view"] }, narrow);
}

/** The log-ins that opened somebody's sessions; `readSessions` tells how each went on. */
export function sessions(actor: string, narrow: Narrow = {}): Question {
  return put("sessions", { actor, actions: ["log-in"], outcome: "done" }, narrow);
}

/** How rights came and went: everybody's, or what one person or tool did and had done to them. */
export function rightsHistory(person?: string, narrow: Narrow = {}): Question {
  const whose = person === undefined ? {} : { person };
  return put("rights-history", { ...whose, actions: RIGHTS_ACTIONS }, narrow);
}

function put(verb: Verb, own: LogFilter, narrow: Narrow): Question {
  const twice = Object.keys(own).find((name) => narrow[name as keyof LogFilter] !== undefined);
  if (twice !== undefined)
    throw queryInvalid(`The question ${verb} says ${twice} itself; leave it out of what narrows it`);
  return { verb, filter: { ...narrow, ...own } };
}
