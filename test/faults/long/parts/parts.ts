import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeys } from "@garim/express";
import { freePort } from "../../../services/free-port.ts";
import type { PostgresService } from "../../../services/postgres.ts";
import type { RedisService } from "../../../services/redis.ts";
import { mountSmallDiskOrSkip, type SmallDisk } from "../../../services/small-disk.ts";
import { CuttingProxy } from "../../cutting-proxy.ts";
import { HostNode } from "./node.ts";

const DISK_MB = 1_024;
const NODES = 2;

/** The wires of one node. */
export interface Wires {
  readonly postgres: CuttingProxy;
  readonly redis: CuttingProxy;
}

/** Everything that runs, and may be broken. */
export interface Parts {
  readonly postgres: PostgresService;
  readonly redis: RedisService;
  /** What PostgreSQL writes to; `undefined` where none could be mounted. */
  readonly disk: SmallDisk | undefined;
  readonly nodes: readonly HostNode[];
  /** Of each node. */
  readonly wires: readonly Wires[];
  /** Holds keys and checkpoints. */
  readonly folder: string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL, a Redis, wires and nodes.
 *
 * @param hasSmallDisk - whether PostgreSQL writes to a disk that can be filled; it holds what a quarter of an hour of load makes
 * @returns `undefined` where a service cannot be started here, which is said
 */
export async function startParts(what: string, hasSmallDisk: boolean): Promise<Parts | undefined> {
  // Loaded late: it hooks the end of every process that imports it.
  const { startPostgresOrSkip } = await import("../../../services/postgres.ts");
  const { startRedisOrSkip } = await import("../../../services/redis.ts");
  const disk = hasSmallDisk ? await mountSmallDiskOrSkip(what, DISK_MB) : undefined;
  const postgres = await startPostgresOrSkip(what, {
    mustBeOwn: true,
    settings: { max_wal_size: "128MB", max_connections: "60" },
    ...(disk === undefined ? {} : { folder: disk.folder }),
  });
  const redis = await startRedisOrSkip(what, { mustBeOwn: true });
  const folder = await mkdtemp(join(tmpdir(), "garim-faults-"));
  const end = async (): Promise<void> => {
    await postgres?.kill();
    await postgres?.stop();
    await redis?.stop();
    await disk?.remove();
    await rm(folder, { recursive: true, force: true });
  };
  if (postgres === undefined || redis === undefined) {
    await end();
    return undefined;
  }
  for (const name of ["checkpoints", "downloads"]) await mkdir(join(folder, name));
  createKeys(join(folder, "garim.keys"));
  const wires = await Promise.all(Array.from({ length: NODES }, () => lay(postgres.url, redis.url)));
  const nodes: HostNode[] = [];
  for (const [i, wire] of wires.entries()) {
    const node = new HostNode({
      databaseUrl: through(postgres.url, wire.postgres),
      redisUrl: through(redis.url, wire.redis),
      folder,
      port: await freePort(),
      library: i % 2 === 0 ? "redis" : "ioredis",
    });
    nodes.push(node);
    await node.ready();
  }
  return {
    postgres,
    redis,
    disk,
    nodes,
    wires,
    folder,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
      for (const wire of wires) await Promise.all([wire.postgres.stop(), wire.redis.stop()]);
      await end();
    },
  };
}

async function lay(postgresUrl: string, redisUrl: string): Promise<Wires> {
  const [postgres, redis] = await Promise.all(
    [postgresUrl, redisUrl].map((url) => CuttingProxy.start(Number(new URL(url).port))),
  );
  return { postgres, redis } as Wires;
}

function through(url: string, { port }: CuttingProxy): string {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
}
