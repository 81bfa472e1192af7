import { hash } from "node:crypto";
import type { Actor } from "@garim/audit";
import type { StateStore } from "@garim/auth";
import type { WorkerIdentity } from "@garim/policy";
import { accessOfServer, type Deed, GARIM } from "../answer/access.ts";
import { recordOnce } from "../start/once.ts";
import type { Ground } from "../start/settings.ts";

/** A text in a record's detail has a thousand characters. */
const LONGEST_ROLES = 900;

/**
 * Puts the roles the host says on record where they are others than those on record last: the host has granted, changed or withdrawn
 * them, and nobody else would tell. The record stands with the seller, so that its own auditors find it.
 *
 * @source notice-2026-9/5-3
 */
export async function recordRoles(
  { log, policy, clock }: Pick<Ground, "log" | "policy" | "clock">,
  state: StateStore,
  identity: WorkerIdentity,
): Promise<void> {
  if (identity.kind !== "staff") return;
  const { staffId: id, sellerId } = identity;
  const roles = sayRoles(identity.roles);
  const last = async (): Promise<string | number | undefined> => {
    const filter = { kind: "system", seller: sellerId, target: id, actions: ["change-roles"] } as const;
    const { entries } = await log.find(filter, { limit: 1 });
    return entries[0]?.access.detail?.["after"];
  };
  await recordOnce(state, clock, {
    name: JSON.stringify(["roles", sellerId, id]),
    isOnRecord: async () => (await last()) === roles,
    record: async () => {
      const target: Actor = { kind: "staff", id, sellerId };
      const deed: Deed = { at: clock(), action: "change-roles", outcome: "done", target };
      const before = await last();
      const detail = { ...(before === undefined ? {} : { before }), after: roles };
      await log.append({ ...accessOfServer({ ...GARIM, sellerId }, null, deed, policy), detail });
    },
  });
}

/** Equal where the roles are, in whichever order they come, and as a record holds it: JSON escapes what a database cannot store. */
function sayRoles(roles: unknown): string {
  const given: readonly unknown[] = Array.isArray(roles) ? roles : [];
  const names = given.filter((role) => typeof role === "string");
  const text = JSON.stringify([...new Set(names)].sort());
  return text.length <= LONGEST_ROLES ? text : `${text.slice(0, LONGEST_ROLES)}… ${hash("sha256", text)}`;
}
