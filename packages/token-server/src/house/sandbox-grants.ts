import type { ChangeSource } from "@garim/auth";
import { ALL_KINDS, GRANT_STATES } from "@garim/policy";
import type { Desk } from "./desk.ts";
import { contractsOf } from "./grant-facts.ts";

/**
 * Has the made-up sellers grant a tool everything, so that whoever builds it begins to read at once; and those who revoke, revoke. On
 * record as any grant is.
 */
export async function grantSandbox(toolId: string, source: ChangeSource, desk: Desk): Promise<void> {
  const { sellers, revoked } = desk.sandbox;
  for (const sellerId of [...sellers, ...revoked]) {
    const id = await grantOne(toolId, sellerId, source, desk);
    if (id !== undefined && revoked.includes(sellerId))
      await desk.grants.revoke(id, nobodyOf(sellerId), source);
  }
}

async function grantOne(
  toolId: string,
  sellerId: string,
  source: ChangeSource,
  desk: Desk,
): Promise<string | undefined> {
  const scope = { kinds: ALL_KINDS, purposes: desk.sandbox.purposes, states: GRANT_STATES, endsAt: null };
  const papers = contractsOf(toolId, sellerId, desk);
  const made = await desk.grants.make({
    toolId,
    sellerId,
    ...scope,
    by: nobodyOf(sellerId),
    source,
    ...papers,
  });
  return "kind" in made ? undefined : made.id;
}

/** The owner of a made-up seller. */
function nobodyOf(sellerId: string) {
  return { kind: "staff", id: "made-up", sellerId } as const;
}
