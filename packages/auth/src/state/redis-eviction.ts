import { GarimError } from "@garim/policy";
import type { RedisCommand } from "./redis-client.ts";
import { stateUnavailable } from "./store.ts";

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

/** How often a Redis that is used is asked again. */
const PACE_MS = 60_000;

/**
 * Watches that it stays so: whoever changes the policy later has every question refused until it is back. Asked at most once a minute, beside
 * the questions, and no timer keeps the process alive.
 *
 * @param tick - milliseconds that never go back
 * @returns what throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` while Redis would drop keys
 */
export function watchEviction(
  command: RedisCommand,
  tick: () => number = () => performance.now(),
): () => void {
  let lookedAt = tick();
  let fault: GarimError | undefined;

  async function look(): Promise<void> {
    const policies = await readPolicies(command);
    const other = policies.find((policy) => policy !== "noeviction");
    // One that says nothing now is as it was.
    if (policies.length > 0) fault = other === undefined ? undefined : drops(other);
  }

  return () => {
    if (tick() - lookedAt >= PACE_MS) {
      lookedAt = tick();
      void look();
    }
    if (fault !== undefined) throw fault;
  };
}

function drops(policy: string): GarimError {
  return stateUnavailable(
    `Redis drops keys when its memory is full (maxmemory-policy ${policy}), so nothing in it counts. Write CONFIG SET maxmemory-policy noeviction; within a minute of use it counts again.`,
  );
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
