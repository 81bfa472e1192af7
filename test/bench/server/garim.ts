import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createGarim,
  createKeys,
  filePlace,
  type Garim,
  type GarimOptions,
  type Identity,
  keysFromFile,
  type StaffIdentity,
} from "@garim/express";
import type { Request } from "express";
import { Pool } from "pg";
import { createClient } from "redis";
import { SELLERS, sellerOf } from "./shop.ts";

/**
 * Garim on the PostgreSQL of `DATABASE_URL`, with its sessions in the Redis of `REDIS_URL` where that is set. Nodes of one deployment have
 * their keys and checkpoints in the folder `BENCH_FOLDER` names, and know of the log-ins of `BENCH_LOGGED_IN_AT`, UTC milliseconds.
 */
export async function openGarim(more: Pick<GarimOptions, "tools"> = {}): Promise<Garim> {
  const { DATABASE_URL: connectionString, REDIS_URL: url, BENCH_FOLDER } = process.env;
  const redis = url === undefined ? {} : { redis: await createClient({ url }).connect() };
  const folder = BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), "garim-bench-"));
  const keyFile = join(folder, "garim.keys");
  if (!existsSync(keyFile)) createKeys(keyFile);
  return createGarim({
    database: new Pool({ ...(connectionString ? { connectionString } : {}), max: 8 }),
    ...redis,
    keys: keysFromFile(keyFile),
    checkpoints: { origin: "bench.example/access-log", places: [filePlace(join(folder, "checkpoints"))] },
    identify: identifyStaff(),
    ...more,
  });
}

/** The host's log-in, at no cost: what the host spends on its own session is not the guard's. */
function identifyStaff(): (req: Request) => Identity | undefined {
  const authenticatedAt = Number(process.env["BENCH_LOGGED_IN_AT"] ?? Date.now());
  const staff = SELLERS.map(
    (sellerId, i): StaffIdentity => ({
      kind: "staff",
      staffId: `staff-${i}`,
      sellerId,
      roles: ["owner"],
      authenticatedAt,
    }),
  );
  return (req) => staff[sellerOf(req)];
}
