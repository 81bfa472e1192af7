import { createAccessLog } from "@garim/audit";
import type { Pool } from "pg";
import type { PostgresService } from "../../services/postgres.ts";
import { median } from "../row.ts";
import { openConsole } from "./console.ts";
import { MONTH_KEYS } from "./months.ts";
import {
  type AskedOver,
  CONSOLE_QUESTIONS,
  type ConsoleQuestion,
  QUESTIONS,
  type ScaleQuestion,
} from "./questions.ts";
import { cool, openPool } from "./server.ts";
import { ROUNDS } from "./watched.ts";

/** What a question took at one size. */
export interface ScaleTime extends Took {
  readonly question: string;
  readonly part: ScaleQuestion["part"];
  readonly isFixed: boolean;
}

/** What the auditor's console took, as whoever asks sees it. */
export interface ConsoleTime extends Took {
  readonly question: string;
  readonly part: ConsoleQuestion["part"];
}

interface Took {
  /** Records of the answer. */
  readonly records: number;
  /** Milliseconds, the median of the rounds: after a restart with every cache dropped; and asked again, the best of five, since others may be at work. */
  readonly coldMs: number | null;
  readonly warmMs: number;
  /** Pages of 8 kB the database looked at for it. */
  readonly pages: number;
}

/** How often what is warm is asked each round. */
const WARM_TIMES = 5;

/** Asks every question with caches cold and warm. */
export async function measureScale(server: PostgresService, total: number): Promise<readonly ScaleTime[]> {
  const times: ScaleTime[] = [];
  for (const { name, part, isFixed, ask } of QUESTIONS)
    times.push({ question: name, part, isFixed, ...(await measureOne(server, openLog(server, total), ask)) });
  return times;
}

/** The same over HTTP, with the console's own pool. */
export async function measureConsole(server: PostgresService): Promise<readonly ConsoleTime[]> {
  const times: ConsoleTime[] = [];
  for (const { name, part, ask } of CONSOLE_QUESTIONS)
    times.push({ question: name, part, ...(await measureOne(server, openOver(server), ask)) });
  return times;
}

/** What is asked, opened anew for each look at it. */
type Opened<Asked> = () => Promise<{ readonly asked: Asked; readonly pool: Pool; close(): Promise<void> }>;

const openLog =
  (server: PostgresService, total: number): Opened<Parameters<ScaleQuestion["ask"]>[0]> =>
  async () => {
    const pool = openPool(server.url);
    const log = await createAccessLog({ database: pool, keys: MONTH_KEYS });
    return { asked: { log, total }, pool, close: () => log.close() };
  };

const openOver =
  (server: PostgresService): Opened<AskedOver> =>
  async () => {
    const pool = openPool(server.url, 4);
    const console = await openConsole(pool);
    return { asked: { console }, pool, close: () => console.close() };
  };

async function measureOne<Asked>(
  server: PostgresService,
  open: Opened<Asked>,
  ask: (asked: Asked, round: number) => Promise<number>,
): Promise<Took> {
  const rounds: Took[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRound(server, open, ask, round));
  const of = (read: (round: Took) => number | null): number =>
    median(rounds.map((one) => read(one) ?? Number.NaN));
  const isCold = rounds.every(({ coldMs }) => coldMs !== null);
  return {
    records: of(({ records }) => records),
    coldMs: isCold ? of(({ coldMs }) => coldMs) : null,
    warmMs: of(({ warmMs }) => warmMs),
    pages: of(({ pages }) => pages),
  };
}

async function measureRound<Asked>(
  server: PostgresService,
  open: Opened<Asked>,
  ask: (asked: Asked, round: number) => Promise<number>,
  round: number,
): Promise<Took> {
  // Compiled code is warm where caches are cold: once with another round's subject, before the server starts anew.
  const isCold = await opened(open, (asked) => ask(asked, round + 1)).then(() => cool(server));
  return opened(open, async (asked, pool) => {
    const cold = await timed(() => ask(asked, round));
    const before = await pagesOf(pool);
    await ask(asked, round);
    const pages = (await pagesOf(pool)) - before;
    const warm: number[] = [];
    for (let i = 0; i < WARM_TIMES; i++) warm.push((await timed(() => ask(asked, round))).ms);
    return { records: cold.records, coldMs: isCold ? cold.ms : null, warmMs: Math.min(...warm), pages };
  });
}

async function opened<Asked, Figure>(
  open: Opened<Asked>,
  use: (asked: Asked, pool: Pool) => Promise<Figure>,
): Promise<Figure> {
  const { asked, pool, close } = await open();
  try {
    return await use(asked, pool);
  } finally {
    await close();
    await pool.end();
  }
}

async function timed(ask: () => Promise<number>): Promise<{ readonly ms: number; readonly records: number }> {
  const start = performance.now();
  const records = await ask();
  return { ms: performance.now() - start, records };
}

async function pagesOf(pool: Pool): Promise<number> {
  await pool.query("select pg_stat_force_next_flush()");
  const { rows } = await pool.query<{ pages: string }>(
    "select (blks_hit + blks_read)::text as pages from pg_stat_database where datname = current_database()",
  );
  return Number(rows[0]?.pages);
}
