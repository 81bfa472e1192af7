import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../services/postgres.ts";
import {
  type Acknowledged,
  type LogWriter,
  type LogWriterOptions,
  readAcknowledged,
  startLogWriter,
} from "./log-writers.ts";
import { type Chance, chanceOf, SEED } from "./seeded.ts";
import { lostOf, readStoredLog } from "./stored-log.ts";

const MINUTES = 60_000;
const CALLERS = 24;
/** Under load PostgreSQL takes a few milliseconds for a batch, PGlite some dozens: kills meet every moment of some batch. */
const LONGEST_LIFE_MS = { postgres: 120, pglite: 600 };
/** About what a process needs to start: some are killed while they open the log. */
const START_MS = 500;

const POSTGRES_ROUNDS = 72;
const LANES = 3;
const PGLITE_ROUNDS = 8;
const MUTANT_ROUNDS = 4;

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "garim-writers-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Target = Omit<LogWriterOptions, "file" | "callers">;

/** Lets writers append and kills each at a moment chosen by chance. @returns everything that was acknowledged */
async function killRounds(rounds: number, target: Target, chance: Chance): Promise<readonly Acknowledged[]> {
  const folder = newFolder();
  const longestLifeMs = LONGEST_LIFE_MS[target.folder === undefined ? "postgres" : "pglite"];
  const files = Array.from({ length: rounds }, (_, i) => join(folder, `${i}`));
  for (const [round, file] of files.entries()) {
    const writer = startLogWriter({ ...target, file, callers: CALLERS });
    const isEarlyKill = round % 10 === 9;
    if (!isEarlyKill) await untilAcknowledged(writer, file);
    await sleep(chance.below(isEarlyKill ? START_MS : longestLifeMs));
    await writer.kill();
  }
  return files.flatMap(readAcknowledged);
}

/** A round in which nothing was acknowledged shows nothing, however busy the machine is. */
async function untilAcknowledged({ ready }: LogWriter, file: string): Promise<void> {
  await ready;
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(0), { timeout: MINUTES, interval: 2 });
}

const postgres = await startPostgresOrSkip("writers of the log killed on PostgreSQL");

describe.skipIf(postgres === undefined)(
  "[A1] the access log on PostgreSQL, its writers killed under load",
  () => {
    const pool = new Pool({ connectionString: postgres?.url });
    pool.on("error", () => undefined);
    beforeEach(async () => {
      await pool.query("drop schema if exists garim cascade");
    });
    afterAll(async () => {
      await pool.end();
      await postgres?.stop();
    });

    it(
      `keeps each acknowledged record once, without gaps (${POSTGRES_ROUNDS} times, GARIM_SEED=${SEED})`,
      async () => {
        // One is killed while another starts and a third appends.
        const lanes = Array.from({ length: LANES }, (_, lane) =>
          killRounds(POSTGRES_ROUNDS / LANES, { url: postgres?.url }, chanceOf(SEED + lane)),
        );
        const acknowledged = (await Promise.all(lanes)).flat();
        const stored = await readStoredLog(pool);
        expect(stored.faults).toEqual([]);
        expect(lostOf(acknowledged, stored)).toEqual([]);
        expect(acknowledged.length).toBeGreaterThan(POSTGRES_ROUNDS);
      },
      5 * MINUTES,
    );

    it(
      "is caught when it acknowledges before the write",
      async () => {
        const acknowledged = await killRounds(
          MUTANT_ROUNDS,
          { url: postgres?.url, isEarly: true },
          chanceOf(SEED),
        );
        expect(lostOf(acknowledged, await readStoredLog(pool)).length).toBeGreaterThan(0);
      },
      5 * MINUTES,
    );
  },
);

describe("[A1] the access log in a PGlite folder, its writer killed under load", () => {
  it(
    `keeps each acknowledged record once, without gaps (${PGLITE_ROUNDS} times, GARIM_SEED=${SEED})`,
    async () => {
      const folder = join(newFolder(), "data");
      const acknowledged = await killRounds(PGLITE_ROUNDS, { folder }, chanceOf(SEED));
      const database = await PGlite.create(folder);
      const stored = await readStoredLog(database);
      await database.close();
      expect(stored.faults).toEqual([]);
      expect(lostOf(acknowledged, stored)).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(PGLITE_ROUNDS);
    },
    5 * MINUTES,
  );
});
