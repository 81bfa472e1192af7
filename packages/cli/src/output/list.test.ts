import { describe, expect, it } from "vitest";
import { keepTerminal } from "../../test/terminal.ts";
import type { Terminal } from "../terminal.ts";
import type { Column } from "./column.ts";
import { type ListOptions, writeList } from "./list.ts";

interface Row {
  readonly name: string;
  readonly count: number;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: { ko: "이름", en: "name" }, cell: ({ name }) => name },
  { heading: { ko: "건수", en: "count" }, cell: ({ count }) => count },
];
const ROWS: readonly Row[] = [
  { name: "=a", count: 1 },
  { name: "나", count: -2 },
];

async function write(options: ListOptions, more?: Partial<Terminal>, rows: Iterable<Row> = ROWS) {
  const terminal = keepTerminal(more);
  const count = await writeList(terminal, COLUMNS, rows, options);
  return { count, out: terminal.kept().out };
}

describe("writeList", () => {
  it("writes a table for people", async () => {
    expect(await write({ lang: "ko" })).toEqual({ count: 2, out: "이름  건수\n=a       1\n나      -2\n" });
  });

  it("writes NDJSON for programs, rows as they are", async () => {
    expect((await write({ json: true })).out).toBe('{"name":"=a","count":1}\n{"name":"나","count":-2}\n');
  });

  it("writes CSV for sheets, formulas guarded, with a byte order mark where it is asked for", async () => {
    expect((await write({ csv: true })).out).toBe('name,count\r\n"\'=a",1\r\n나,-2\r\n');
    expect((await write({ csv: true, bom: true, lang: "ko" })).out).toMatch(/^\ufeff이름,건수\r\n/);
  });

  it("takes the language of the environment", async () => {
    expect((await write({ csv: true }, { env: { LANG: "ko_KR.UTF-8" } })).out).toMatch(/^이름/);
  });

  it("writes nothing for people, a heading for sheets, where there is nothing", async () => {
    expect(await write({}, {}, [])).toEqual({ count: 0, out: "" });
    expect(await write({ csv: true }, {}, [])).toEqual({ count: 0, out: "name,count\r\n" });
  });

  it("refuses a byte order mark without CSV", async () => {
    await expect(write({ bom: true })).rejects.toThrow(/write --csv --bom/);
  });

  it("holds no more of a long list than it measures", async () => {
    let read = 0;
    let written = 0;
    let most = 0;
    function* rows(): Iterable<Row> {
      for (let count = 0; count < 1_000; count++) {
        most = Math.max(most, ++read - written);
        yield { name: "x", count };
      }
    }
    const write = (text: string): void => {
      written += text.split("\n").length - 1;
    };
    expect(await writeList(keepTerminal({ write }), COLUMNS, rows(), {})).toBe(1_000);
    expect(written).toBe(1_001);
    expect(most).toBeLessThanOrEqual(201);
  });

  it.each([{}, { json: true }, { csv: true }] as const)("waits for a slow reader: %j", async (options) => {
    let waiting = 0;
    let most = 0;
    const write = async (): Promise<void> => {
      most = Math.max(most, ++waiting);
      await new Promise((resolve) => setImmediate(resolve));
      waiting--;
    };
    const rows = Array.from({ length: 300 }, (_, count) => ({ name: "x", count }));
    await writeList(keepTerminal({ write }), COLUMNS, rows, options);
    expect([most, waiting]).toEqual([1, 0]);
  });
});
