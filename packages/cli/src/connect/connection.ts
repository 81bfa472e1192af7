/** Runs statements; a `LogDatabase` of `@garim/audit` and a `StateDatabase` of `@garim/auth`. */
export interface Queries {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** An open database. Its errors are the driver's own; `withConnection` says them in one line. */
export interface Connection extends Queries {
  readonly kind: "server" | "embedded";
  /** What it is called in words, without a password. */
  readonly name: string;
  /** Runs statements in one transaction, which sees one state of the database. Do not keep it open for long. */
  transaction<T>(run: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * The same connection used in another way: a verb that reads and puts on record that it did reads with `read`, and appends by
   * `use({ mode: "write" })`. Closing either closes both.
   */
  use(access: Access): Connection;
  /** Of a server: lends a connection as the driver's own pool does, for `verifyLog`, which reads rows in the server's own form by it. */
  readonly connect?: () => Promise<unknown>;
  /** Who waits for one; a pool has it. */
  readonly waitingCount?: number;
  close(): Promise<void>;
}

/** How a verb uses the database. */
export interface Access {
  /** `read`: every statement runs in a read-only transaction. */
  readonly mode: "read" | "write";
  /** Milliseconds a statement may take; 0 for no end. A minute unless given. */
  readonly statementMs?: number;
}

export const STATEMENT_MS = 60_000;
