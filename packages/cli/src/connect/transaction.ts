import { type Access, type Queries, STATEMENT_MS } from "./connection.ts";

/** One connection of a driver. */
export interface Client extends Queries {
  /** Runs several statements in one round trip. */
  script(text: string): Promise<unknown>;
}

/**
 * Runs statements in a transaction of a connection. Read-only and the time limit are the transaction's, not the session's: behind
 * a transaction pooler a session is another's a moment later, and would stay read-only for them.
 */
export async function runTransaction<T>(
  client: Client,
  { mode, statementMs = STATEMENT_MS }: Access,
  run: (queries: Queries) => Promise<T>,
): Promise<T> {
  const kind = mode === "read" ? "repeatable read read only" : "read committed read write";
  try {
    await client.script(
      `begin isolation level ${kind}; set local statement_timeout = ${Math.trunc(statementMs)}`,
    );
    const result = await run(client);
    await client.script("commit");
    return result;
  } catch (error) {
    // A broken connection cannot roll back, and needs not.
    await client.script("rollback").catch(() => undefined);
    throw error;
  }
}
