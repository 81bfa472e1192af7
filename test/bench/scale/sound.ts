import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessLog, ed25519Signer, filePlace, type SealOptions, verifyLog } from "@garim/audit";
import { MONTH_KEYS } from "./months.ts";
import { openPool } from "./server.ts";

const ORIGIN = "bench.example/access-log";

/** Seals a filled log as its nodes would, and verifies it. @throws Error where it is not whole: then nothing it answers counts */
export async function checkSound(url: string, total: number): Promise<void> {
  const pool = openPool(url, 4);
  const folder = await mkdtemp(join(tmpdir(), "garim-bench-"));
  try {
    const signer = ed25519Signer(ORIGIN, randomBytes(32));
    const seal: SealOptions = {
      origin: ORIGIN,
      signers: { all: () => [signer] },
      places: [filePlace(folder)],
    };
    const log = await createAccessLog({ database: pool, keys: MONTH_KEYS, seal });
    await log.close();
    const verdict = await verifyLog({
      database: pool,
      place: filePlace(folder),
      origin: ORIGIN,
      keys: [signer.verifierKey],
    });
    if (!verdict.isIntact || verdict.proven.records < total)
      throw new Error(
        `the generated log is not whole: ${JSON.stringify(verdict.damages.slice(0, 3))}, ${verdict.proven.records} proven`,
      );
  } finally {
    await pool.end();
    await rm(folder, { recursive: true, force: true });
  }
}
