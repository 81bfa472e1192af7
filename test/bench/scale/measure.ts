import { createAccessLog } from "@garim/audit";
import type { Pool } from "pg";
import type { PostgresService } from "../../services/postgres.ts";
import { median } from "../row.ts";
import { MONTH_KEYS } from "./months.ts";
import { QUESTIONS, type ScaleQuestion } from "./questions.ts";
import { cool, openPool } from "./server.ts";
import { ROUNDS } from "./watched.ts";

/** What a question took at one size. */
export interface ScaleTime {
  readonly question: string;
  readonly part: ScaleQuestion["part"];
  readonly isFixed: boolean;
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
  for (const question of QUESTIONS) times.push(await measureOne(server, total, question));
  return times;
}

interface Round {
  readonly records: number;
  readonly coldMs: number | null;
  readonly warmMs: number;
  readonly pages: number;
}

async function measureOne(
  server: PostgresService,
  total: number,
  question: ScaleQuestion,
): Promise<ScaleTime> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push(await measureRound(server, total, question, round));
  const of = (read: (round: Round) => number | null): number =>
    median(rounds.map((one) => read(one) ?? Number.NaN));
  const { name, part, isFixed } = question;
  const isCold = rounds.every(({ coldMs }) => coldMs !== null);
  return {
    question: name,
    part,
    isFixed,
    records: of(({ records }) => records),
    coldMs: isCold ? of(({ coldMs }) => coldMs) : null,
    warmMs: of(({ warmMs }) => warmMs),
    pages: of(({ pages }) => pages),
  };
}

async function measureRound(
  server: PostgresService,
  total: number,
  question: ScaleQuestion,
  round: number,
): Promise<Round> {
  // Compiled code is warm where caches are cold: once with another round's subject, before the server starts anew.
  const isCold = await inLog(server, total, async (asked) => {
    await question.ask(asked, round + 1);
    return true;
  }).then(() => cool(server));
  return inLog(server, total, async (asked, pool) => {
    const cold = await timed(() => question.ask(asked, round));
    const before = await pagesOf(pool);
    await question.ask(asked, round);
    const pages = (await pagesOf(pool)) - before;
    const warm: number[] = [];
    for (let i = 0; i < WARM_TIMES; i++) warm.push((await timed(() => question.ask(asked, round))).ms);
    return { records: cold.records, coldMs: isCold ? cold.ms : null, warmMs: Math.min(...warm), pages };
  });
}

async function inLog<Figure>(
  server: PostgresService,
  total: number,
  use: (asked: Parameters<ScaleQuestion["ask"]>[0], pool: Pool) => Promise<Figure>,
): Promise<Figure> {
  const pool = openPool(server.url);
  const log = await createAccessLog({ database: pool, keys: MONTH_KEYS });
  try {
    return await use({ log, total }, pool);
  } finally {
    await log.close();
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
