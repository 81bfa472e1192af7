import type { Access, AccessAction, AccessLog, Actor, Asker, Detail } from "@garim/audit";
import { NO_KINDS, type Policy, type Subject } from "@garim/policy";

/** Who changes the register, and from where: it stands in the record of each change. */
export type Keeper = Pick<Asker, "actor" | "session" | "factor" | "origin" | "route">;

/** Who it was, for people and for comparing: `operator oscar`. */
export function nameOf({ actor }: Pick<Keeper, "actor">): string {
  return `${actor.kind} ${actor.id}`;
}

/** A change, as it goes on record. */
export interface Told {
  readonly action: AccessAction;
  /** Whom it is about, where that is an account or a tool. */
  readonly target?: Actor;
  /** The buyers it is about: pseudonyms on record, so that they find it among who looked at their data. */
  readonly asked?: readonly Subject[];
  readonly detail: Detail;
}

/** Puts what is done about a duty into the access log. */
export type Tell = (keeper: Keeper, told: Told) => Promise<unknown>;

/** Makes the teller of a deployment. */
export function createTeller(append: AccessLog["append"], policy: Policy, clock: () => number): Tell {
  const inForce = { edition: policy.edition.id, overrides: policy.overrides };
  return ({ actor, session, factor, origin, route }, { action, target, asked, detail }) => {
    const access: Access = {
      at: clock(),
      actor,
      ...(target === undefined ? {} : { target }),
      ...(asked === undefined ? {} : { asked }),
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

/** A change about a tool, as it goes on record. */
export interface Deed {
  readonly action: AccessAction;
  readonly toolId: string;
  readonly sellerId: string | null;
  readonly detail: Detail;
}

/** Puts changes about tools into the access log. */
export type RecordDeed = (keeper: Keeper, deed: Deed) => Promise<unknown>;

/** Makes the recorder of a deployment. */
export function createRecorder(append: AccessLog["append"], policy: Policy, clock: () => number): RecordDeed {
  const tell = createTeller(append, policy, clock);
  return (keeper, { action, toolId, sellerId, detail }) =>
    tell(keeper, { action, target: { kind: "tool", id: toolId, sellerId }, detail });
}
