import { type Policy, resolvePolicy, type ScopeFacts } from "@garim/policy";
import type { Config } from "../connect/config.ts";

/** What tells how long records are kept; commander says `--no-unique-ids` as `uniqueIds: false`. */
export interface ScopeOptions {
  readonly years?: number;
  readonly subjects?: number;
  readonly uniqueIds: boolean;
  readonly sensitive: boolean;
}

/** What is said about the deployment; unsaid is unknown, which counts as the case that is kept longer. */
export function readScope({ subjects, uniqueIds, sensitive }: ScopeOptions): ScopeFacts {
  return {
    subjects: subjects ?? null,
    hasUniqueIds: uniqueIds ? null : false,
    hasSensitive: sensitive ? null : false,
  };
}

/**
 * The rules in force, for as many years as are asked for.
 *
 * @throws GarimError `ERR_GARIM_POLICY_LAX` where fewer years are asked for than the law allows
 */
export function readPolicy({ years }: ScopeOptions, { policy = resolvePolicy() }: Config): Policy {
  if (years === undefined) return policy;
  return resolvePolicy({ edition: policy.edition.id, ...policy.overrides, recordYears: years });
}
