import { loadavg, tmpdir } from "node:os";
import { createAccessLog } from "@garim/audit";
import type { Pool } from "pg";
import { type PostgresService, startPostgres } from "../../services/postgres.ts";
import { describeMachine } from "../command/result.ts";
import { keepConsole, writeConsoleReport } from "./console-report.ts";
import { fillScale } from "./fill.ts";
import { keepScale } from "./kept.ts";
import { measureConsole, measureScale } from "./measure.ts";
import { MONTH_KEYS } from "./months.ts";
import { appendLive } from "./questions.ts";
import { type ScaleResults, type ScaleSize, writeReport } from "./report.ts";
import { checkRoom, count, GUESSED_BYTES, gigabytes, neededBytes } from "./room.ts";
import { hurry, openPool, SETTINGS } from "./server.ts";
import { checkSound } from "./sound.ts";
import { type Forms, makeForms } from "./template.ts";

const SMALLEST = 1e6;
const SIZES = [SMALLEST, 3e6, 10e6, 30e6];
/** The log that the auditor's console is measured with. */
const OF_CONSOLE = 10e6;
const LIVE = 2_000;
/** The smallest log is verified whole; the larger ones are made by the same statements. */
const VERIFIED = SMALLEST;

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const isConsole = args[0] === "--console";
  const most = isConsole ? readMost(args.slice(1), OF_CONSOLE) : readMost(args, 30e6);
  hurry(false);
  const forms = await makeForms();
  await (isConsole ? runConsole(most, forms) : runSizes(most, forms));
}

async function runSizes(most: number, forms: Forms): Promise<void> {
  let results: ScaleResults = { ...whereAndWhen(), postgres: "", load: 0, sizes: [] };
  for (const records of sizesUpTo(most)) {
    await checkRoom(tmpdir(), records, results.sizes.at(-1)?.bytesEach ?? GUESSED_BYTES);
    const {
      figures: times,
      postgres,
      ...size
    } = await onLog(records, forms, (server) => measureScale(server, records));
    const load = Math.max(results.load, loadavg()[0] ?? 0);
    results = { ...results, postgres, load, sizes: [...results.sizes, { ...size, times }] };
    // A try with a small log says what it found, and leaves what is kept.
    if (most < SMALLEST) console.log(writeReport(results));
    else keepScale(results);
  }
}

async function runConsole(records: number, forms: Forms): Promise<void> {
  await checkRoom(tmpdir(), records, GUESSED_BYTES);
  const { figures: times, postgres, bytes } = await onLog(records, forms, measureConsole);
  const results = { ...whereAndWhen(), postgres, load: loadavg()[0] ?? 0, records, bytes, times };
  if (records < SMALLEST) console.log(writeConsoleReport(results));
  else keepConsole(results);
}

function whereAndWhen(): Pick<ScaleResults, "machine" | "node" | "date"> {
  return {
    machine: describeMachine(),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  };
}

function readMost(args: readonly string[], unlessSaid: number): number {
  const [name, value, ...rest] = args;
  const most = name === undefined ? unlessSaid : Number(value);
  if (
    (name ?? "--records") === "--records" &&
    rest.length === 0 &&
    Number.isSafeInteger(most) &&
    most >= 100_000
  )
    return most;
  throw new Error(
    "Write npm run bench -- G4 [--console] [--records N], N from 100000; 30000000, or 10000000 of the console, unless given",
  );
}

function sizesUpTo(most: number): readonly number[] {
  const smaller = SIZES.filter((size) => size < most);
  return [...smaller, most];
}

/** As every node does by itself meanwhile, some at a time. */
async function countAhead(pool: Pool): Promise<void> {
  for (let counted = 1; counted > 0; ) {
    const { rows } = await pool.query<{ counted: string }>("select garim.count_up(100000)::text as counted");
    counted = Number(rows[0]?.counted);
  }
}

/** A log of a size, and what was measured with it. */
interface OnLog<Figures> extends Omit<ScaleSize, "times"> {
  readonly postgres: string;
  readonly figures: Figures;
}

/** A server of its own for each log: when it ends, all of it is gone. */
async function onLog<Figures>(
  records: number,
  forms: Forms,
  measure: (server: PostgresService) => Promise<Figures>,
): Promise<OnLog<Figures>> {
  const server = await startPostgres({ mustBeOwn: true, settings: SETTINGS });
  try {
    const start = performance.now();
    const say = (what: string) =>
      console.error(
        `${((performance.now() - start) / 1_000).toFixed(0)} s: ${count(records)} records: ${what}`,
      );
    const log = await makeLog(server, records, forms, say);
    const fillSeconds = Math.round((performance.now() - start) / 1_000);
    say("measuring");
    hurry(true);
    const figures = await measure(server);
    hurry(false);
    say("done");
    return { records, ...log, fillSeconds, figures };
  } finally {
    await server.stop();
  }
}

/** Fills a server's database as if it had been in use, and sees that a small one is whole. */
async function makeLog(
  server: PostgresService,
  records: number,
  forms: Forms,
  say: (what: string) => void,
): Promise<Pick<OnLog<unknown>, "bytes" | "bytesEach" | "postgres">> {
  const pool = openPool(server.url, 4);
  say(`being made; they need about ${gigabytes(neededBytes(records, GUESSED_BYTES))} at the most`);
  let told = 0;
  await fillScale(pool, forms, records, (done) => {
    if (done - told < records / 10) return;
    told = done;
    say(`${count(done)} are there`);
  });
  // As patient as the priority it is filled with.
  const log = await createAccessLog({ database: pool, keys: MONTH_KEYS, timeoutMs: 60_000 });
  await appendLive(log, LIVE);
  await log.close();
  await countAhead(pool);
  // As the server does by itself within a minute, were it not told to leave us alone.
  await pool.query("analyze garim.log_record");
  const { rows } = await pool.query<{ bytes: string; version: string }>(
    "select pg_database_size(current_database())::text as bytes, current_setting('server_version') as version",
  );
  await pool.end();
  if (records <= VERIFIED) await checkSound(server.url, records);
  const bytes = Number(rows[0]?.bytes);
  return { bytes, bytesEach: bytes / records, postgres: rows[0]?.version ?? "" };
}
