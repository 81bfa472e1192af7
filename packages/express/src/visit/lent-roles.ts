import { type Refuse, refuse } from "@garim/policy";
import type { Settings } from "../start/settings.ts";
import type { Worker } from "./visitor.ts";

/**
 * Judges whether what was lent to somebody as the request began still is: a slow answer, or a long file, does not outlive it. Nothing
 * stands in the way when undefined.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where this node cannot tell
 * @source garim/elevation
 */
export function judgeLent(
  { identity, lent }: Worker,
  { duties, policy, clock }: Pick<Settings, "duties" | "policy" | "clock">,
): Refuse | undefined {
  if (lent === undefined || duties === null || identity.kind !== "staff") return undefined;
  const still = duties.desk.elevations.rolesOf(identity.sellerId, identity.staffId, clock());
  return lent.every((role) => still.includes(role)) ? undefined : refuse("elevation-ended", policy.edition);
}
