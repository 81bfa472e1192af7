import { mkdtempSync } from "node:fs";
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

/** Garim on the PostgreSQL of `DATABASE_URL`, with its sessions in the Redis of `REDIS_URL` where that is set. */
export async function openGarim(more: Pick<GarimOptions, "tools"> = {}): Promise<Garim> {
  const { DATABASE_URL: connectionString, REDIS_URL: url } = process.env;
  const redis = url === undefined ? {} : { redis: await createClient({ url }).connect() };
  const folder = mkdtempSync(join(tmpdir(), "garim-bench-"));
  const keyFile = join(folder, "garim.keys");
  createKeys(keyFile);
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
  const authenticatedAt = Date.now();
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
