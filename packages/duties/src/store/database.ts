import { randomUUID } from "node:crypto";
import { GarimError, isGarimError } from "@garim/policy";

/** What is needed of a PostgreSQL client. A `pg` Pool and a PGlite fit as they are. */
export interface DutyDatabase {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** The columns of an answer. */
export type DutyRow = Readonly<Record<string, unknown>>;

/**
 * Asks one question whose rows all repeat its ticket, so that a client which mixes up replies cannot hand out the rows of another
 * request. The statement gives one row at least: of "no row" nobody could tell whose it is.
 *
 * @param text - `$1` is the ticket
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`
 */
export async function askRows(
  database: DutyDatabase,
  text: string,
  values: readonly unknown[],
): Promise<readonly DutyRow[]> {
  const ticket = randomUUID();
  const rows = await query(database, text, [ticket, ...values]);
  if (rows.length > 0 && rows.every((row) => row["ticket"] === ticket)) return rows;
  throw dutiesUnavailable(
    "The database client handed out the reply to another request, so it was not used. Restart this node's database connections, and report the client library.",
  );
}

/** The same for an answer of one row. */
export async function askRow(
  database: DutyDatabase,
  text: string,
  values: readonly unknown[],
): Promise<DutyRow> {
  const [row = {}] = await askRows(database, text, values);
  return row;
}

async function query(database: DutyDatabase, text: string, values: unknown[]): Promise<readonly DutyRow[]> {
  try {
    const { rows } = await withinTime(database.query(text, values));
    return rows as readonly DutyRow[];
  } catch (cause) {
    if (isGarimError(cause)) throw cause;
    // A message of the database could name stored values; its SQLSTATE names none.
    throw dutiesUnavailable(
      `The database of the register failed (${sqlState(cause) ?? "no SQLSTATE"}). Check that it can be reached and that its role may read and write schema garim.`,
      cause,
    );
  }
}

/** How long an answer is waited for: clients keep what they are asked while they reconnect, some of them for ever. */
const ANSWER_MS = 10_000;

function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        dutiesUnavailable(
          `The database of the register did not answer within ${ANSWER_MS} ms. Check that it runs.`,
        ),
      );
    }, ANSWER_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Where the host's default isolation is repeatable read or stricter, losing a race is an error instead of "no row". */
export function readLostRace(error: unknown): DutyRow {
  if (isGarimError(error) && sqlState(error.cause) === "40001") return {};
  throw error;
}

/** Lost races are asked again so often. */
const ROUNDS = 50;

/**
 * Asks for one row, again where somebody else changed the same meanwhile: under repeatable read, and where two wait for each other in
 * a circle, that is an error. For statements that may run twice.
 */
export async function askRowAgain(
  database: DutyDatabase,
  text: string,
  values: readonly unknown[],
): Promise<DutyRow> {
  for (let left = ROUNDS; ; left--)
    try {
      return await askRow(database, text, values);
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

/** The error of a register that cannot answer. `seen` is a sentence about what happened and what to do. */
export function dutiesUnavailable(seen: string, cause?: unknown): GarimError {
  return new GarimError("ERR_GARIM_STATE_UNAVAILABLE", seen, cause);
}
