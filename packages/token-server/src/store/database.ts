import { randomUUID } from "node:crypto";
import { GarimError, isGarimError } from "@garim/policy";

/** What is needed of a PostgreSQL client. A `pg` Pool and a PGlite fit as they are. */
export interface ArtifactDatabase {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** The columns of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Asks one question whose single row of answer repeats the question's ticket, so that a client which mixes up replies cannot hand
 * out the code of another tool, nor another request's "consumed".
 *
 * @param text - a statement of `sql.ts`; `$1` is the ticket
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the database fails, or the ticket is another one
 */
export async function ask(
  database: ArtifactDatabase,
  text: string,
  values: readonly unknown[],
): Promise<Row> {
  const ticket = randomUUID();
  const { rows } = await database.query(text, [ticket, ...values]).catch(failUnavailable);
  const row = rows[0] as Row | undefined;
  if (row?.["ticket"] === ticket) return row;
  throw stateUnavailable(
    "The database client handed out the reply to another request, so it was not used. Restart this node's database connections, and report the client library.",
  );
}

/** Tells a failing database by its SQLSTATE; a message of the database could name stored values. */
export function failUnavailable(cause: unknown): never {
  if (isGarimError(cause)) throw cause;
  throw stateUnavailable(
    `The database of the token server failed (${sqlState(cause) ?? "no SQLSTATE"}). Check that it can be reached and that its role may read and write schema garim.`,
    cause,
  );
}

export function stateUnavailable(seen: string, cause?: unknown): GarimError {
  return new GarimError("ERR_GARIM_STATE_UNAVAILABLE", seen, cause);
}

function sqlState(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,20}$/.test(code) ? code : undefined;
}
