import { GarimError } from "@garim/policy";

/**
 * Sends one command to Redis.
 *
 * @param args - the command and its arguments
 * @param key - the key it is about, by which clients of a cluster find the node; `undefined` for none
 * @returns the reply, texts as strings
 */
export type RedisCommand = (args: string[], key: string | undefined) => Promise<unknown>;

/** What is needed of a client of `redis` (node-redis), or of a pool of it. */
export interface NodeRedisLike {
  sendCommand(args: string[]): Promise<unknown>;
}

/** What is needed of a client of `ioredis`, or of its `Cluster`. */
export interface IoredisLike {
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** The host's Redis, by structure: no client is a dependency. Anything else fits as a {@link RedisCommand}. */
export type RedisClient = RedisCommand | NodeRedisLike | IoredisLike;

/**
 * Finds out how a client is sent commands.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where it is none, or its commands need to be told more
 */
export function readRedisClient(client: RedisClient): RedisCommand {
  if (typeof client === "function") return client;
  // ioredis has a `sendCommand`, too, which takes objects of its own.
  if (hasMethod(client, "call")) return ([command = "", ...args]) => client.call(command, ...args);
  if (!hasMethod(client, "sendCommand"))
    throw invalid(
      "A Redis client has sendCommand (redis) or call (ioredis), and this one has neither.",
      "redis: await createClient({ url }).connect()",
    );
  // A cluster's takes the key first, a sentinel's whether it only reads.
  if (client.sendCommand.length > 2)
    throw invalid(
      "The clients of clusters and sentinels of node-redis need to be told more than the command.",
      "redis: (args, key) => cluster.sendCommand(key, false, args), or redis: (args) => sentinel.sendCommand(false, args)",
    );
  return (args) => client.sendCommand(args);
}

function hasMethod<Name extends string>(
  client: unknown,
  name: Name,
): client is Record<Name, (...args: never) => unknown> {
  return typeof client === "object" && client !== null && typeof Reflect.get(client, name) === "function";
}

function invalid(seen: string, line: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `${seen} Write ${line}`);
}
