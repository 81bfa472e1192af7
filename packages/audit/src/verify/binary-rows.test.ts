import { describe, expect, it, vi } from "vitest";
import type { LogDatabase } from "../database.ts";
import { readBinaryRows } from "./binary-rows.ts";

type Query = Parameters<Parameters<typeof connectionOf>[0]>[0];

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const END = Buffer.from([0xff, 0xff]);
const row = (byte: number): Buffer => Buffer.from([0, 1, 0, 0, 0, 1, byte]);

/** What `pg` calls while a query is being answered. */
interface Submitted {
  callback?: () => void;
  submit(connection: { query(text: string): void }): void;
  handleCopyData(message: { readonly chunk: Buffer }): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: unknown): void;
}

/** A pool of one connection that answers as it is told. */
function connectionOf(answer: (query: Submitted) => void): LogDatabase & { readonly released: boolean[] } {
  const released: boolean[] = [];
  const lent = {
    query: answer,
    on: () => undefined,
    off: () => undefined,
    release: (isBroken: boolean) => void released.push(isBroken),
  };
  const pool = { query: () => Promise.reject(new Error("asked")), waitingCount: 0, released };
  return { ...pool, connect: () => Promise.resolve(lent) } as typeof pool;
}

async function read(database: LogDatabase): Promise<readonly [boolean, readonly string[]]> {
  const rows: string[] = [];
  const isDone = await readBinaryRows(database, "select 1", (bytes) => rows.push(bytes.toString("hex")));
  return [isDone, rows];
}

const whole =
  (chunks: readonly Buffer[]) =>
  (query: Query): void => {
    for (const chunk of chunks) query.handleCopyData({ chunk });
    query.handleCommandComplete();
    query.handleReadyForQuery();
  };

describe("readBinaryRows", () => {
  it.each<[string, readonly Buffer[]]>([
    ["with the first row", [Buffer.concat([SIGNATURE, row(1)]), row(2), END]],
    ["by itself", [SIGNATURE, row(1), row(2), END]],
  ])("gives each row without what stands around them, the signature %s", async (_, chunks) => {
    const database = connectionOf(whole(chunks));
    expect(await read(database)).toEqual([true, [row(1).toString("hex"), row(2).toString("hex")]]);
    expect(database.released).toEqual([false]);
  });

  it("asks for the binary form, and ends the driver's own time limit", async () => {
    const texts: string[] = [];
    let isEnded = false;
    const database = connectionOf((query) => {
      query.callback = () => {
        isEnded = true;
      };
      query.submit({ query: (text) => void texts.push(text) });
      whole([SIGNATURE, END])(query);
    });
    expect(await read(database)).toEqual([true, []]);
    expect([texts, isEnded]).toEqual([["copy (select 1) to stdout with (format binary)"], true]);
  });

  it.each<[string, (query: Query) => void]>([
    ["fails", (query) => query.handleError(new Error("no"))],
    [
      "fails between two rows",
      (query) => {
        query.handleCopyData({ chunk: Buffer.concat([SIGNATURE, row(1)]) });
        query.handleError(new Error("no"));
      },
    ],
    ["is answered with nothing", (query) => query.handleReadyForQuery()],
  ])("says so where the query %s, and gives the connection up", async (_, answer) => {
    const database = connectionOf(answer);
    expect((await read(database))[0]).toBe(false);
    expect(database.released).toEqual([true]);
  });

  it("does not try where the database is no pool, or has no connection", async () => {
    const query = () => Promise.reject(new Error("asked"));
    const connect = vi.fn(() => Promise.reject(new Error("full")));
    expect(await read({ query })).toEqual([false, []]);
    expect(await read({ query, connect } as LogDatabase)).toEqual([false, []]);
    expect(connect).not.toHaveBeenCalled();
    expect(await read({ query, connect, waitingCount: 0 } as LogDatabase)).toEqual([false, []]);
  });
});
