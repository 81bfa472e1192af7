import type { AccessLog, RecordedPolicy } from "@garim/audit";
import type { Policy } from "@garim/policy";

/**
 * Finds since when a configuration is in force: each start under another one is on record.
 *
 * @returns UTC milliseconds; `null` where the log says nothing, or that another one is in force
 */
export async function findInForceSince(log: Pick<AccessLog, "find">, policy: Policy): Promise<number | null> {
  const { entries } = await log.find({ kind: "system", actions: ["change-policy"] }, { limit: 1 });
  const [newest] = entries;
  const { edition, overrides } = policy;
  const isIt = newest !== undefined && isSame(newest.access.policy, { edition: edition.id, overrides });
  return isIt ? newest.access.at : null;
}

function isSame(one: RecordedPolicy, other: RecordedPolicy): boolean {
  const names = new Set([...Object.keys(one.overrides), ...Object.keys(other.overrides)]);
  return (
    one.edition === other.edition && [...names].every((name) => one.overrides[name] === other.overrides[name])
  );
}
