import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../tool.ts";
import { TOP } from "../workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-start-workbook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What every program below begins with. Threads are counted where they are made. */
const BEGINNING = `
import { syncBuiltinESMExports } from "node:module";
import { buffer } from "node:stream/consumers";
import threads from "node:worker_threads";
import { createWorkbook, fileSpool, openSealed, openWorkbook } from "@garim/workbook";

const count = { begun: 0, ended: 0 };
threads.Worker = class extends threads.Worker {
  constructor(...args) {
    super(...args);
    count.begun += 1;
    this.on("exit", () => (count.ended += 1));
  }
};
syncBuiltinESMExports();

const spool = fileSpool(process.argv[1]);
const options = {
  spool,
  password: "Garim!2026-worker",
  mark: "ex-1",
  columns: [
    { key: "no", heading: { ko: "번호", en: "No." }, type: "number" },
    { key: "text", heading: { ko: "글", en: "Text" } },
  ],
};
const summary = { title: { ko: "주문", en: "Orders" }, lines: [] };
async function fill(writer, rows = 20_000) {
  for (let i = 0; i < rows; i++) await writer.write([i, "서울특별시 강남구 " + i]);
  return writer;
}
`;

/** Runs a program against the built package, as a host would. */
function runBuilt(program: string): ReturnType<typeof run> {
  const args = ["--input-type=module", "--eval", BEGINNING + program, folder];
  return run(process.execPath, args, join(TOP, "test"));
}

describe("@garim/workbook, built", { timeout: 120_000 }, () => {
  it("seals in a worker, and ends it", async () => {
    const ran = await runBuilt(`
      for (const format of ["xlsx", "csv-zip"]) {
        const file = await (await fill(createWorkbook({ ...options, format }))).finish(summary);
        const bytes = await buffer(openSealed(spool, file.id));
        console.log(file.extension, file.rows, bytes.length === file.sizeBytes, JSON.stringify(count));
        if (format === "csv-zip") continue;
        const { sheets } = await openWorkbook(bytes, options.password);
        const rows = [...sheets[1].rows()];
        console.log(rows.length, rows.at(-1).join());
      }
    `);
    expect(ran.output.split("\n")).toEqual([
      '.xlsx 20000 true {"begun":1,"ended":1}',
      "20001,19999,서울특별시 강남구 19999".replace(",", " "),
      '.zip 20000 true {"begun":2,"ended":2}',
      "",
    ]);
    expect(ran.code).toBe(0);
  });

  it("says in this thread what went wrong in the worker, by its code, and ends it", async () => {
    const ran = await runBuilt(`
      const lying = { ...spool, open: async () => [new Uint8Array(9)] };
      const writer = await fill(createWorkbook({ ...options, spool: lying }));
      const error = await writer.finish(summary).catch((error) => error);
      console.log(error.name, error.code, JSON.stringify(count));
    `);
    expect(ran).toEqual({ code: 0, output: 'GarimError ERR_GARIM_WORKBOOK_SPOOL {"begun":1,"ended":1}\n' });
  });

  it("[X1] leaves nothing behind where the source throws at row 500,000, and throws the same", async () => {
    const before = readdirSync(folder);
    const ran = await runBuilt(`
      const { writeWorkbook } = await import("@garim/workbook");
      function* rows() {
        for (let i = 1; i < 500_000; i++) yield [i, "서울특별시 강남구 " + i];
        throw new Error("the database went away");
      }
      const error = await writeWorkbook(rows(), { ...options, summary }).catch((error) => error);
      console.log(error.message, JSON.stringify(count));
    `);
    expect(ran).toEqual({ code: 0, output: 'the database went away {"begun":1,"ended":1}\n' });
    expect(readdirSync(folder)).toEqual(before);
  });

  it("ends its worker on abort, and one that nobody goes on with keeps no process alive", async () => {
    const before = readdirSync(folder).length;
    const ran = await runBuilt(`
      await (await fill(createWorkbook(options))).abort();
      console.log(JSON.stringify(count));
      createWorkbook(options).write([1, "left alone"]);
    `);
    expect(ran).toEqual({ code: 0, output: '{"begun":1,"ended":1}\n' });
    expect(readdirSync(folder)).toHaveLength(before);
  });

  it("is given up while its spool is slow and much is being made, and nothing of that is left unsaid", async () => {
    const ran = await runBuilt(`
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      const create = async (id) => {
        const object = await spool.create(id);
        const write = (bytes) => wait(300).then(() => object.write(bytes));
        return { write, finish: () => object.finish(), discard: () => object.discard() };
      };
      const writer = createWorkbook({ ...options, spool: { ...spool, create } });
      const told = Promise.allSettled(Array.from({ length: 40_000 }, (_, i) => writer.write([i, "글 " + Math.random()])));
      while (writer.progress.sizeBytes === 0) await wait(10);
      await writer.abort();
      console.log((await told).some(({ status }) => status === "rejected"), JSON.stringify(count));
    `);
    expect(ran).toEqual({ code: 0, output: 'true {"begun":1,"ended":1}\n' });
  });

  it("has 1,048,575 rows on a sheet, and the next on a second one", async () => {
    const ran = await runBuilt(`
      const file = await (await fill(createWorkbook({ ...options, columns: options.columns.slice(0, 1) }), 0));
      for (let i = 1; i <= 1_048_576; i++) await file.write([i]);
      const { id, rows, sheets } = await file.finish(summary);
      const opened = await openWorkbook(await buffer(openSealed(spool, id)), options.password);
      for (const sheet of opened.sheets.slice(1)) {
        let count = 0, last;
        for (const row of sheet.rows()) (count += 1), (last = row);
        console.log(sheet.name, count, last.join());
      }
      console.log(rows, sheets);
    `);
    expect(ran).toEqual({
      code: 0,
      output: "자료 1048576 1048575\n자료 (2) 2 1048576\n1048576 2\n",
    });
  });
});
