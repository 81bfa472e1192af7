import { randomBytes } from "node:crypto";
import { createGarim, type Garim, type Identity, type Keys, type StaffIdentity } from "@garim/express";
import type { Request } from "express";
import { Pool } from "pg";
import { createClient } from "redis";
import { SELLERS, sellerOf } from "./shop.ts";

/** Garim on the PostgreSQL of `DATABASE_URL`, with its sessions in the Redis of `REDIS_URL` where that is set. */
export async function openGarim(): Promise<Garim> {
  const { DATABASE_URL: connectionString, REDIS_URL: url } = process.env;
  const redis = url === undefined ? {} : { redis: await createClient({ url }).connect() };
  return createGarim({
    database: new Pool({ ...(connectionString ? { connectionString } : {}), max: 8 }),
    ...redis,
    keys: makeKeys(),
    identify: identifyStaff(),
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

function makeKeys(): Keys {
  const subjects = [{ id: "s1", key: randomBytes(32) }];
  const secrets = [{ id: "f1", key: randomBytes(32) }];
  return { subjects: { all: () => subjects }, secrets: { all: () => secrets } };
}
