import { Cluster, Redis } from "ioredis";
import { createClient, createCluster } from "redis";

/** A client of one library, connected. */
export interface RedisConnection<Client> {
  readonly client: Client;
  close(): Promise<void>;
}

/*
 * Both emit errors of broken connections, which tests bring about. What their functions return is inferred: it is what the
 * libraries' own users get.
 */

export async function connectNodeRedis(url: string) {
  const client = createClient({ url });
  client.on("error", () => undefined);
  await client.connect();
  return { client, close: async () => client.destroy() };
}

export type NodeRedis = Awaited<ReturnType<typeof connectNodeRedis>>["client"];

export async function connectIoredis(url: string): Promise<RedisConnection<Redis>> {
  const client = new Redis(url, { lazyConnect: true });
  client.on("error", () => undefined);
  await client.connect();
  return { client, close: async () => client.disconnect() };
}

export async function connectNodeRedisCluster(url: string) {
  const cluster = createCluster({ rootNodes: [{ url }], defaults: { password: new URL(url).password } });
  cluster.on("error", () => undefined);
  await cluster.connect();
  return { client: cluster, close: async () => cluster.destroy() };
}

export async function connectIoredisCluster(url: string): Promise<RedisConnection<Cluster>> {
  const { hostname: host, port, password } = new URL(url);
  const node = { host, port: Number(port) };
  const client = new Cluster([node], { lazyConnect: true, redisOptions: { password } });
  client.on("error", () => undefined);
  await client.connect();
  return { client, close: async () => client.disconnect() };
}
