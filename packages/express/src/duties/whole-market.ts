import { type Refuse, refuse, type WorkerIdentity } from "@garim/policy";
import type { Settings } from "../start/settings.ts";

/** What is of the whole marketplace is nothing for an auditor of one seller. */
export function refuseNarrow(identity: WorkerIdentity, { policy }: Settings): Refuse | undefined {
  const isNarrow = identity.kind === "auditor" && identity.sellerId !== undefined;
  return isNarrow ? refuse("other-seller", policy.edition) : undefined;
}
