import type { Policy } from "@garim/policy";
import type { AccountRecord, StoredFactor } from "../account/record.ts";
import type { Factor, FactorList } from "./factors.ts";

/** What may be told of an account: nothing one could prove with. */
export function listFactors(
  { factors, recovery, tries }: AccountRecord,
  channels: readonly string[],
  now: number,
  policy: Policy,
): FactorList {
  const isLocked = tries.lockedUntil !== null && now < tries.lockedUntil;
  return {
    factors: factors.map(toFactor),
    recoveryCodesLeft: recovery.length,
    channels,
    lockedUntil: isLocked ? tries.lockedUntil : null,
    isDisabled: tries.failures >= policy.triesPerFactor,
  };
}

function toFactor({ id, kind, name, addedAt, usedAt }: StoredFactor): Factor {
  return { id, kind, name, addedAt, usedAt };
}
