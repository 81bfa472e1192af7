import type { Access, Actor } from "@garim/audit";
import { NO_KINDS } from "@garim/policy";
import type { Caller } from "./caller.ts";
import type { Desk } from "./desk.ts";

/** What is on record of the server, beside what every record has. */
export type ServerDeed = Pick<Access, "action"> &
  Partial<Pick<Access, "purpose" | "allowed" | "grant" | "key" | "detail">>;

/** Appends a record of what the server did at a tool's request; no buyer's data is in it. */
export async function recordDeed(actor: Actor, deed: ServerDeed, caller: Caller, desk: Desk): Promise<void> {
  const { edition, overrides } = desk.policy;
  await desk.log.append({
    at: desk.clock(),
    actor,
    session: null,
    factor: null,
    origin: caller.origin,
    outcome: "done",
    reason: null,
    route: caller.route,
    purpose: null,
    policy: { edition: edition.id, overrides },
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
    ...deed,
  });
}
