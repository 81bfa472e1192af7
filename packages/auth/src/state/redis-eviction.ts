import { GarimError } from "@garim/policy";
import type { RedisCommand } from "./redis-client.ts";

/**
 * Refuses a Redis that drops keys when its memory is full: an ended session that is forgotten can be opened again.
 *
 * Where Redis does not say what it would do (a provider forbids `INFO`), only a warning of the process says so.
 *
 * @throws GarimError `ERR_GARIM_DEPLOYMENT`
 */
export async function checkEviction(command: RedisCommand): Promise<void> {
  const policies = await readPolicies(command);
  const other = policies.find((policy) => policy !== "noeviction");
  if (other !== undefined)
    throw new GarimError(
      "ERR_GARIM_DEPLOYMENT",
      `Redis drops keys when its memory is full (maxmemory-policy ${other}), and with them which sessions have ended. Give Garim a Redis of its own with maxmemory-policy noeviction`,
    );
  if (policies.length === 0)
    process.emitWarning("Redis does not tell its maxmemory-policy; make sure that it is noeviction", {
      type: "GarimWarning",
      detail: "With any other, Redis forgets under load which sessions have ended.",
    });
}

/** One for each node that answered: a client of a cluster may ask all of them. */
async function readPolicies(command: RedisCommand): Promise<readonly string[]> {
  try {
    const told = await command(["INFO", "memory"], undefined);
    return [...String(told).matchAll(/\bmaxmemory_policy:([\w-]+)/g)].map(([, policy = ""]) => policy);
  } catch {
    return [];
  }
}
