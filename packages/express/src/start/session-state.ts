import { type RedisClient, redisState, type StateStore } from "@garim/auth";
import type { Logger } from "../logger.ts";
import { survive } from "./survive.ts";

/**
 * Where sessions live. A Redis may lose them: then people prove their factor again. What must never be lost, factors and their
 * used codes, stays in the database whichever is given.
 *
 * @throws GarimError as `redisState`
 */
export async function openSessionState(
  redis: RedisClient | undefined,
  durable: StateStore,
  { clock, logger }: { readonly clock: () => number; readonly logger: Logger },
): Promise<StateStore> {
  if (redis === undefined) return durable;
  survive(redis, "a connection to Redis broke", logger);
  return await redisState(redis, { clock });
}
