import type { LogDatabase } from "../database.ts";

/** A connection that a pool of `pg` lends. */
interface Lent {
  /** Takes a query of one's own as well: an object that submits itself and hears of each message. */
  query(query: BinaryQuery): unknown;
  on(event: "error", listener: () => void): unknown;
  off(event: "error", listener: () => void): unknown;
  release(isBroken: boolean): void;
}

/** What every message of a connection is handed to by `pg` while it is being answered. */
interface BinaryQuery {
  /** Set by `pg` where answers have a time limit: to be told of the end, or the limit comes afterwards. */
  callback?: () => void;
  submit(connection: { query(text: string): void }): void;
  handleCopyData(message: { readonly chunk: Buffer }): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: unknown): void;
}

/** What the binary form begins with: the signature, flags, an empty extension. */
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/**
 * Reads rows in PostgreSQL's binary form, where the database is a pool of `pg`: nothing becomes a text or an object on its way, which
 * is most of what reading costs.
 *
 * @param statement - a query without parameters
 * @param onRow - handed each row: how many columns (2 bytes), then each behind its length (4 bytes). The bytes are the driver's and hold
 *   something else once it returns; it must not throw
 * @returns whether all were read; where not, the rows may be asked for in another way
 */
export async function readBinaryRows(
  database: LogDatabase,
  statement: string,
  onRow: (row: Buffer) => void,
): Promise<boolean> {
  if (!isPool(database)) return false;
  const lent = await database.connect().catch(() => undefined);
  if (lent === undefined) return false;
  // A connection that breaks says so to its query, too.
  const ignore = (): void => undefined;
  lent.on("error", ignore);
  const isDone = await copy(lent, statement, onRow);
  lent.off("error", ignore);
  lent.release(!isDone);
  return isDone;
}

function isPool(database: object): database is { connect(): Promise<Lent> } {
  // A client has `connect`, too; a pool alone counts who waits for it.
  return "connect" in database && typeof database.connect === "function" && "waitingCount" in database;
}

function copy(lent: Lent, statement: string, onRow: (row: Buffer) => void): Promise<boolean> {
  return new Promise((resolve) => {
    let isFirst = true;
    let hasEnded = false;
    const query: BinaryQuery = {
      submit: (connection) => connection.query(`copy (${statement}) to stdout with (format binary)`),
      handleCopyData: ({ chunk }) => {
        const row = isFirst ? withoutSignature(chunk) : chunk;
        isFirst = false;
        // After the last row stands a -1 where another would have its number of columns.
        if (row.length >= 2 && row.readInt16BE(0) !== -1) onRow(row);
      },
      handleCommandComplete: () => {
        hasEnded = true;
      },
      handleReadyForQuery: () => {
        query.callback?.();
        resolve(hasEnded);
      },
      handleError: () => resolve(false),
    };
    lent.query(query);
  });
}

function withoutSignature(chunk: Buffer): Buffer {
  const isWhole = chunk.subarray(0, SIGNATURE.length).equals(SIGNATURE);
  return isWhole ? chunk.subarray(SIGNATURE.length) : chunk;
}
