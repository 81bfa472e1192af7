import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog, type LogDatabase } from "@garim/audit";
import { keysFromFile } from "@garim/express";
import { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../services/postgres.ts";
import { killRounds } from "./killed-rounds.ts";

/**
 * Rounds of a whole marketplace are dear: most of the hundred are of the log alone (a1-log-killed), and nodes are killed on PostgreSQL by
 * the dozen where everything breaks, with more than orders under load.
 */
const EMBEDDED_ROUNDS = 6;
const POSTGRES_ROUNDS = 6;
const MUTANT_ROUNDS = 5;
const MINUTES = 60_000;

/** Every record of the log: its place and id. */
async function readLog(
  database: LogDatabase,
  dataDir: string,
): Promise<readonly { seq: number; id: string }[]> {
  const keys = keysFromFile(join(dataDir, "garim.keys")).subjects;
  const log = await createAccessLog({ database, keys });
  const records: { seq: number; id: string }[] = [];
  for (let before: number | undefined; ; ) {
    const page = await log.find({}, { limit: 1_000, ...(before === undefined ? {} : { before }) });
    records.push(...page.entries);
    if (page.next === null) break;
    before = page.next;
  }
  await log.close();
  return records.reverse();
}

function expectGapless(records: readonly { seq: number }[]): void {
  expect(records.map((record) => record.seq)).toEqual(records.map((_, i) => i + 1));
}

const missing = (received: ReadonlySet<string>, records: readonly { id: string }[]): string[] => {
  const recorded = new Set(records.map((record) => record.id));
  return [...received].filter((id) => !recorded.has(id));
};

const newFolder = (): string => mkdtempSync(join(tmpdir(), "garim-killed-"));

describe("[A1] the marketplace, killed under load", () => {
  it(
    `never releases an answer without its record, on the embedded database (${EMBEDDED_ROUNDS} times)`,
    async () => {
      const dataDir = newFolder();
      const received = await killRounds(EMBEDDED_ROUNDS, { script: "true", dataDir });
      const database = await PGlite.create(join(dataDir, "database"));
      const records = await readLog(database, dataDir);
      await database.close();
      expectGapless(records);
      expect(missing(received, records)).toEqual([]);
      expect(received.size).toBeGreaterThan(EMBEDDED_ROUNDS);
    },
    5 * MINUTES,
  );
});

const postgres = await startPostgresOrSkip("the marketplace killed on PostgreSQL");

describe.skipIf(postgres === undefined)("[A1] the marketplace on PostgreSQL, killed under load", () => {
  const pool = new Pool({ connectionString: postgres?.url });
  pool.on("error", () => undefined);
  afterAll(async () => {
    await pool.end();
    await postgres?.stop();
  });

  it(
    `never releases an answer without its record (${POSTGRES_ROUNDS} times)`,
    async () => {
      const dataDir = newFolder();
      const received = await killRounds(POSTGRES_ROUNDS, {
        script: "true",
        dataDir,
        databaseUrl: postgres?.url,
      });
      const records = await readLog(pool, dataDir);
      expectGapless(records);
      expect(missing(received, records)).toEqual([]);
      expect(received.size).toBeGreaterThan(POSTGRES_ROUNDS);
    },
    5 * MINUTES,
  );

  it(
    "is caught when it answers before the commit",
    async () => {
      const dataDir = newFolder();
      await pool.query("drop schema if exists garim cascade");
      await pool.query("drop schema if exists market cascade");
      const received = await killRounds(MUTANT_ROUNDS, {
        script: "early",
        dataDir,
        databaseUrl: postgres?.url,
      });
      expect(missing(received, await readLog(pool, dataDir)).length).toBeGreaterThan(0);
    },
    5 * MINUTES,
  );
});
