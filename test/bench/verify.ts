import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessLog, ed25519Signer, filePlace, type SealOptions, verifyLog } from "@garim/audit";
import { Pool } from "pg";
import { KEYS, viewOf } from "./log/view.ts";
import { type BenchRow, median } from "./row.ts";
import { onServices } from "./server/services.ts";

const RECORDS = 20_000;
const ROUNDS = 9;
const ORIGIN = "bench.example/access-log";

/** The row about verifying. */
export const rows: readonly BenchRow[] = [
  {
    id: "G3",
    subject: `verifying ${RECORDS} records (views of 20 orders) against the copy outside, columns too, CPU of one process`,
    against: "SHA-256 of the same bytes in one go",
    unit: "times the speed",
    target: { atLeast: 0.1 },
    run: measureVerify,
  },
];

/** The median over rounds of the CPU time of one hash to that of a verification. */
async function measureVerify(): Promise<number | undefined> {
  return onServices(["postgres"], async ({ DATABASE_URL: connectionString }) => {
    const database = new Pool({ ...(connectionString ? { connectionString } : {}), max: 4 });
    const folder = await mkdtemp(join(tmpdir(), "garim-bench-"));
    try {
      const signer = ed25519Signer(ORIGIN, randomBytes(32));
      const place = filePlace(folder);
      await fill(database, { origin: ORIGIN, signers: { all: () => [signer] }, places: [place] });
      const verify = () => verifyLog({ database, place, origin: ORIGIN, keys: [signer.verifierKey] });
      const { isIntact, proven, bytes } = await verify();
      if (!isIntact || proven.records !== RECORDS) throw new Error("The log of the bench is not whole");
      const data = Buffer.alloc(bytes, 7);
      const ratios: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        ratios.push((await cpuOf(() => createHash("sha256").update(data).digest())) / (await cpuOf(verify)));
      return median(ratios);
    } finally {
      await database.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function fill(database: Pool, seal: SealOptions): Promise<void> {
  const log = await createAccessLog({ database, keys: KEYS, seal });
  for (let i = 0; i < RECORDS; i += 500)
    await Promise.all(Array.from({ length: 500 }, (_, k) => log.append(viewOf((i + k) % 200))));
  await log.close();
}

/** Microseconds of CPU time. */
async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
