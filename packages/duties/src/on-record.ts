import type { Access, AccessAction, AccessLog, Asker, Detail } from "@garim/audit";
import { NO_KINDS, type Policy } from "@garim/policy";

/** Who changes the register, and from where: it stands in the record of each change. */
export type Keeper = Pick<Asker, "actor" | "session" | "factor" | "origin" | "route">;

/** A change, as it goes on record. */
export interface Deed {
  readonly action: AccessAction;
  readonly toolId: string;
  readonly sellerId: string | null;
  readonly detail: Detail;
}

/** Puts changes into the access log. */
export type RecordDeed = (keeper: Keeper, deed: Deed) => Promise<unknown>;

/** Makes the recorder of a deployment. */
export function createRecorder(append: AccessLog["append"], policy: Policy, clock: () => number): RecordDeed {
  const inForce = { edition: policy.edition.id, overrides: policy.overrides };
  return ({ actor, session, factor, origin, route }, { action, toolId, sellerId, detail }) => {
    const target = { kind: "tool", id: toolId, sellerId } as const;
    const access: Access = {
      at: clock(),
      actor,
      target,
      session,
      factor,
      origin,
      route,
      action,
      outcome: "done",
      reason: null,
      purpose: null,
      policy: inForce,
      surface: null,
      allowed: NO_KINDS,
      profile: null,
      records: [],
      detail,
    };
    return append(access);
  };
}
