import { setTimeout as pause } from "node:timers/promises";
import { stateUnavailable } from "@garim/auth";
import type { Database } from "./database.ts";

/** A host's database, asked in a way that outlasts a failover and waits for nothing for ever. */
export interface SteadyDatabase extends Database {
  /** From now on the time of each question is bounded: what is done at start, migrations, may take longer. */
  begin(): void;
}

export interface SteadyOptions {
  /** How long a statement may take, milliseconds. */
  readonly answerMs?: number;
  /** How long a connection is looked for that can write, milliseconds. */
  readonly seekMs?: number;
}

const ANSWER_MS = 30_000;
const SEEK_MS = 1_500;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;

/**
 * What was refused before anything was done, so that asking again does nothing twice: a server that was demoted and only reads
 * (25006), one that starts or has no room (57P03, 53300), or takes no connection.
 */
const NOTHING_DONE: ReadonlySet<string> = new Set([
  "25006",
  "57P03",
  "53300",
  "08001",
  "08004",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** A server that went away in the middle: what was asked may have happened. */
const GONE: ReadonlySet<string> = new Set([
  "57P01",
  "57P02",
  "08000",
  "08003",
  "08006",
  "57014",
  "ECONNRESET",
  "EPIPE",
]);

/**
 * Asks a database. A statement that a read-only or starting server refused is asked again on the next connection, for a moment and with
 * pauses of random length, so that nodes do not come back together; `pg` drops a connection on which a statement failed.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` once it has begun, for whatever is no fault of the statement: guarded routes answer 503
 */
export function steadyDatabase(database: Database, options: SteadyOptions = {}): SteadyDatabase {
  const { answerMs = ANSWER_MS, seekMs = SEEK_MS } = options;
  let hasBegun = false;

  async function seek(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    const until = performance.now() + seekMs;
    for (let tries = 0; ; tries++) {
      try {
        return await database.query(text, values);
      } catch (error) {
        if (!NOTHING_DONE.has(codeOf(error)) || performance.now() >= until) throw error;
        await pause(pauseMs(tries));
      }
    }
  }

  return {
    begin: () => {
      hasBegun = true;
    },
    query: (text, values) => (hasBegun ? bounded(seek(text, values), answerMs) : seek(text, values)),
  };
}

function bounded(answer: Promise<{ rows: unknown[] }>, answerMs: number): Promise<{ rows: unknown[] }> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void =>
      reject(
        stateUnavailable(
          `The database did not answer within ${answerMs} ms. Look for a lock or a slow disk, and give the pool statement_timeout, so that the server stops too.`,
        ),
      );
    const timer = setTimeout(giveUp, answerMs);
    answer
      .finally(() => clearTimeout(timer))
      .then(resolve, (error) => reject(isOut(error) ? outage(error) : error));
  });
}

function isOut(error: unknown): boolean {
  const code = codeOf(error);
  return NOTHING_DONE.has(code) || GONE.has(code);
}

function outage(cause: unknown): Error {
  return stateUnavailable(
    `The database cannot be used (${codeOf(cause)}). Check that it runs, that its address leads to the primary, and that it takes connections; nothing has to be restarted here.`,
    cause,
  );
}

/** 10 ms, doubling up to a quarter of a second, each between half and all of that. */
function pauseMs(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries) * (0.5 + Math.random() / 2);
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
