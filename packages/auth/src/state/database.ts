import { randomUUID } from "node:crypto";
import { type GarimError, isGarimError } from "@garim/policy";
import { stateUnavailable } from "./store.ts";

/** What is needed of a PostgreSQL client. A `pg` Pool and a PGlite fit as they are. */
export interface StateDatabase {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** The columns of an answer. */
export type StateAnswer = Readonly<Record<string, unknown>>;

/**
 * Asks one question whose single row of answer repeats the question's ticket, so that a client which mixes up replies
 * cannot hand out the row of another request, nor its "no row", nor its "done".
 *
 * @param text - a statement of `state-sql.ts`; `$1` is the ticket
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the database fails, or the ticket is another one
 */
export async function askDatabase(
  database: StateDatabase,
  text: string,
  values: readonly unknown[],
): Promise<StateAnswer> {
  const ticket = randomUUID();
  const [row] = await queryRows(database, text, [ticket, ...values]);
  if (row?.["ticket"] === ticket) return row;
  throw mixedUp();
}

function mixedUp(): GarimError {
  return stateUnavailable(
    "The database client handed out the reply to another request, so it was not used. Restart this node's database connections, and report the client library.",
  );
}

/**
 * The same for an answer of several rows, each of which repeats the ticket. The statement must give one row at least: of "no
 * row" nobody could tell whose it is.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`
 */
export async function askRows(
  database: StateDatabase,
  text: string,
  values: readonly unknown[],
): Promise<readonly StateAnswer[]> {
  const ticket = randomUUID();
  const rows = await queryRows(database, text, [ticket, ...values]);
  if (rows.length > 0 && rows.every((row) => row["ticket"] === ticket)) return rows;
  throw mixedUp();
}

async function queryRows(
  database: StateDatabase,
  text: string,
  values: unknown[],
): Promise<readonly StateAnswer[]> {
  try {
    const { rows } = await database.query(text, values);
    return rows as readonly StateAnswer[];
  } catch (error) {
    return failUnavailable(error);
  }
}

/** Tells a failing database by its SQLSTATE; a message of the database could name stored values. */
export function failUnavailable(cause: unknown): never {
  if (isGarimError(cause)) throw cause;
  throw stateUnavailable(
    `The database of the state store failed (${sqlState(cause) ?? "no SQLSTATE"}). Check that it can be reached and that its role may read and write schema garim.`,
    cause,
  );
}

/** Where the host's default isolation is repeatable read or stricter, losing a race is an error instead of "no row". */
export function readLostRace(error: unknown): StateAnswer {
  if (isGarimError(error) && sqlState(error.cause) === "40001") return { done: 0 };
  throw error;
}

/** Lost races are asked again so often. */
const ROUNDS = 50;

/**
 * Asks again where somebody else changed the same meanwhile: under repeatable read, and where two wait for each other in a circle,
 * that is an error. For statements that may run twice.
 */
export async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = ROUNDS; ; left--)
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || !isLostRace(error)) throw error;
    }
}

function isLostRace(error: unknown): boolean {
  const state = isGarimError(error) ? sqlState(error.cause) : undefined;
  return state === "40001" || state === "40P01";
}

function sqlState(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,20}$/.test(code) ? code : undefined;
}
