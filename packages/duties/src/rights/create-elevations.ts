import { randomUUID } from "node:crypto";
import type { Detail } from "@garim/audit";
import {
  decideElevation,
  decideLending,
  elevationEnd,
  type Policy,
  type Refuse,
  refuse,
} from "@garim/policy";
import { readId, readLine, refuseMember } from "../input.ts";
import { createTeller, type Keeper, nameOf } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import type { Elevation, ElevationInput, ElevationName, ElevationStatus, Elevations } from "./elevation.ts";

const MOST_ROLES = 20;
const LONGEST_WHY = 500;

/**
 * Opens the register of lent roles.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createElevations(options: RegisterOptions): Promise<Elevations> {
  const { database, follower, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const room = await openRoom<Elevation>(database, follower, "elevations");

  /** Changes one as it is in the database by now; where it is another, or over, says so. */
  async function change(
    { sellerId, staffId, id }: ElevationName,
    next: (one: Elevation) => Elevation | Refuse,
  ): Promise<Elevation | Refuse> {
    let refused: Refuse = refuse("elevation-ended", policy.edition);
    let done: Elevation | null = null;
    await room.change(keyOf(sellerId, staffId), (filed) => {
      const changed = filed?.id === id ? next(filed) : refused;
      done = "kind" in changed ? null : changed;
      if ("kind" in changed) refused = changed;
      return done;
    });
    return done ?? refused;
  }

  const find = ({ sellerId, staffId, id }: ElevationName): Elevation | undefined => {
    const filed = room.get(keyOf(sellerId, staffId));
    return filed?.id === id ? filed : undefined;
  };

  return {
    rolesOf(sellerId, staffId, now) {
      const filed = room.get(keyOf(sellerId, staffId));
      if (filed === undefined || decideElevation(filed, now, policy).kind === "refuse") return [];
      // A stricter edition may have taken roles out of what is lent.
      return decideLending(filed.roles, policy).kind === "allow" ? filed.roles : [];
    },
    list: (now, sellerId) =>
      room
        .values()
        .filter((filed) => sellerId === undefined || filed.sellerId === sellerId)
        .toSorted((one, other) => other.askedAt - one.askedAt)
        .map((filed) => statusOf(filed, now, policy)),
    of(sellerId, staffId, now) {
      const filed = room.get(keyOf(sellerId, staffId));
      return filed === undefined ? null : statusOf(filed, now, policy);
    },
    async ask(given, keeper) {
      const input = readInput(given, policy);
      const lending = decideLending(input.roles, policy);
      if (lending.kind === "refuse") return lending;
      const { sellerId, staffId } = input;
      const open = { approvedAt: null, approvedBy: null, endedAt: null, endedBy: null };
      const asked: Elevation = { ...input, id: randomUUID(), askedAt: clock(), ...open };
      const before = room.get(keyOf(sellerId, staffId));
      if (before !== undefined && isLive(before, clock(), policy))
        return refuse("elevation-running", policy.edition);
      await tell(keeper, { action: "ask-elevation", target: targetOf(asked), detail: describe(asked) });
      const filed = await room.change(keyOf(sellerId, staffId), (current) =>
        current !== undefined && isLive(current, clock(), policy) ? null : asked,
      );
      return filed?.id === asked.id ? asked : refuse("elevation-running", policy.edition);
    },
    async approve(name, keeper) {
      const judged = judgeApproval(find(name), keeper, clock(), policy);
      if ("kind" in judged) return judged;
      const approved = { ...judged, approvedAt: clock(), approvedBy: nameOf(keeper) };
      const until = { until: new Date(elevationEnd(approved, policy)).toISOString() };
      const detail = { ...describe(approved), ...until };
      await tell(keeper, { action: "approve-elevation", target: targetOf(approved), detail });
      return await change(name, (filed) => {
        const still = judgeApproval(filed, keeper, clock(), policy);
        return "kind" in still ? still : approved;
      });
    },
    async end(name, keeper) {
      const ended = await change(name, (filed) =>
        statusOf(filed, clock(), policy).state === "ended"
          ? refuse("elevation-ended", policy.edition)
          : { ...filed, endedAt: clock(), endedBy: nameOf(keeper) },
      );
      if ("kind" in ended) return ended;
      await tell(keeper, { action: "end-elevation", target: targetOf(ended), detail: describe(ended) });
      return ended;
    },
  };
}

/** What waits, or why nobody may agree to it. */
function judgeApproval(
  filed: Elevation | undefined,
  { actor }: Keeper,
  now: number,
  policy: Policy,
): Elevation | Refuse {
  if (filed === undefined || statusOf(filed, now, policy).state !== "waiting")
    return refuse("elevation-ended", policy.edition);
  if (actor.kind === "operator") return filed;
  if (actor.kind !== "staff") return refuse("role-lacks-action", policy.edition);
  if (actor.sellerId !== filed.sellerId) return refuse("other-seller", policy.edition);
  return actor.id === filed.staffId ? refuse("own-account", policy.edition) : filed;
}

function statusOf(filed: Elevation, now: number, policy: Policy): ElevationStatus {
  const decided = decideElevation(filed, now, policy);
  const isWaiting = decided.kind === "refuse" && decided.reason === "elevation-waiting";
  const state = decided.kind === "allow" ? "live" : isWaiting ? "waiting" : "ended";
  return { ...filed, state, endsAt: filed.endedAt ?? elevationEnd(filed, policy) };
}

function isLive(filed: Elevation, now: number, policy: Policy): boolean {
  return decideElevation(filed, now, policy).kind === "allow";
}

function readInput({ sellerId, staffId, roles, hours, why }: ElevationInput, policy: Policy): ElevationInput {
  if (!Array.isArray(roles) || roles.length === 0 || roles.length > MOST_ROLES)
    throw refuseMember("roles", `a list of 1 to ${MOST_ROLES} roles`);
  if (!Number.isInteger(hours) || hours < 1 || hours > policy.elevationHours)
    throw refuseMember("hours", `a whole number of 1 to ${policy.elevationHours}`);
  return {
    sellerId: readId("sellerId", sellerId),
    staffId: readId("staffId", staffId),
    roles: [...new Set(roles.map((role) => readId("roles", role)))],
    hours,
    why: readLine("why", why, LONGEST_WHY),
  };
}

function keyOf(sellerId: string, staffId: string): string {
  return JSON.stringify([sellerId, staffId]);
}

function targetOf({ sellerId, staffId }: Elevation) {
  return { kind: "staff", id: staffId, sellerId } as const;
}

function describe({ id, roles, hours, why, askedAt }: Elevation): Detail {
  return { elevation: id, roles: roles.join(", "), hours, why, askedAt: new Date(askedAt).toISOString() };
}
