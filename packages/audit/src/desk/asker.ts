import { NO_KINDS } from "@garim/policy";
import type { Access, RecordedPolicy } from "../access.ts";
import type { Scope } from "../ask/filter.ts";

/** Who asks the log: it stands in the record of every question. */
export interface Asker extends Pick<Access, "actor" | "session" | "factor" | "origin" | "route"> {
  /** The policy in force where the question is asked; none where nothing is decided. */
  readonly policy?: RecordedPolicy;
  /** Limits everything to one seller's records. */
  readonly within?: Scope;
}

/** What is put on record of a question. */
export interface Deed extends Pick<Access, "action" | "asked" | "detail" | "file"> {
  readonly purpose?: string;
}

const NO_POLICY: RecordedPolicy = { edition: "none", overrides: {} };

/** The record of a question: nothing of a buyer is disclosed by it. */
export function accessOfAsker(asker: Asker, { purpose, ...deed }: Deed, at: number): Access {
  const { actor, session, factor, origin, route, policy = NO_POLICY } = asker;
  return {
    at,
    actor,
    session,
    factor,
    origin,
    route,
    policy,
    outcome: "done",
    reason: null,
    purpose: purpose ?? null,
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
    ...deed,
  };
}
