import { writeHeapSnapshot } from "node:v8";
import type { GarimOptions } from "@garim/express";
import { Pool } from "pg";
import { createApp } from "./app.ts";
import { connectRedis } from "./redis-client.ts";
import { startSampling } from "./sampler.ts";
import { type HostSettings, type Order, type Said, VARIABLE } from "./settings.ts";

/** A node in a process of its own. Ends with its parent, and with an error where it cannot start: whoever runs it tries again. */
const settings = JSON.parse(process.env[VARIABLE] ?? "") as HostSettings;
process.once("disconnect", () => process.exit());

let aheadMs = 0;
const pool = new Pool({
  connectionString: settings.databaseUrl,
  max: 10,
  connectionTimeoutMillis: 2_000,
  query_timeout: 3_000,
  keepAlive: true,
});
pool.on("error", () => undefined);
const redis = (await connectRedis(settings.redisUrl, settings.library)) as NonNullable<GarimOptions["redis"]>;
const app = await createApp({
  database: pool,
  redis,
  folder: settings.folder,
  clock: () => Date.now() + aheadMs,
});
const sample = startSampling();

process.on("message", (order: Order) => {
  if (order.order === "clock") aheadMs = order.aheadMs;
  else if (order.order === "sample") say({ said: "sample", ...sample() });
  else tellHeap(order.file);
});
const server = app.listen(settings.port, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) say({ said: "ready", port: address.port });
});

function tellHeap(file: string): void {
  globalThis.gc?.();
  writeHeapSnapshot(file);
  say({ said: "heap" });
}

function say(said: Said): void {
  process.send?.(said);
}
