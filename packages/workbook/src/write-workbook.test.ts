import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it, vi } from "vitest";
import { NAUGHTY } from "../test/naughty.ts";
import { begin, MemorySpool, PASSWORD, ROWS, SAMPLE, seal } from "../test/sample.ts";
import { type Cell, fileSpool, openSealed, openWorkbook, removeSealed, writeWorkbook } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-workbook-"));
const spool = fileSpool(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXTS = [
  { key: "no", heading: { ko: "번호", en: "No." }, type: "number" },
  { key: "text", heading: { ko: "글", en: "Text" } },
] as const;

async function readData(bytes: Uint8Array, sheet = 1): Promise<readonly (readonly unknown[])[]> {
  const { sheets } = await openWorkbook(bytes, PASSWORD);
  return [...(sheets[sheet]?.rows() ?? [])].slice(1);
}

describe("writeWorkbook", () => {
  it("makes a workbook that opens with its password, cell by cell", async () => {
    const { file, bytes } = await seal(spool, ROWS);
    const { mark, sheets } = await openWorkbook(bytes, PASSWORD);
    expect(mark).toBe("ex-20261122-1");
    expect(sheets.map(({ name }) => name)).toEqual(["안내", "자료"]);
    expect([...(sheets[1]?.rows() ?? [])]).toEqual([
      ["휴대전화", "결제금액", "결제일시", "선물"],
      ["01012345678", 12_000, new Date(1_795_000_000_123), true],
      ["010-****-5678", "***", new Date(1_795_000_000_000)],
      [null, -1.5, "", false],
    ]);
    expect([...(sheets[0]?.rows() ?? [])]).toEqual([
      ["주문 내려받기"],
      ["Orders"],
      ["건수", "Rows", 3],
      ["목적", "Purpose", "배송", "Shipping"],
      ["파기 기한", "Destroy by", new Date(Date.UTC(2026, 10, 30))],
    ]);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(file).toMatchObject({
      sizeBytes: bytes.length,
      sha256,
      rows: 3,
      sheets: 1,
      cutCells: 0,
      extension: ".xlsx",
    });
  });

  it("makes nothing of a wrong password", async () => {
    const { bytes } = await seal(spool, ROWS);
    await expect(openWorkbook(bytes, `${PASSWORD}.`)).rejects.toMatchObject({
      code: "ERR_GARIM_WORKBOOK_PASSWORD",
    });
  });

  it("has every naughty string as it was", async () => {
    const rows = NAUGHTY.map((text, i) => [i, text]);
    const { bytes } = await seal(spool, rows, { columns: TEXTS });
    expect(await readData(bytes)).toEqual(rows);
  });

  it("has a first sheet also where a value of it is none, and long or dangerous texts in it", async () => {
    const label = { ko: "가", en: "A" };
    const values = [
      Number.NaN,
      new Date(Number.NaN),
      new Date(Date.UTC(1899, 0, 1)),
      "=1+1 <&>",
      "가".repeat(40_000),
    ];
    const summary = { title: { ko: "표", en: "T" }, lines: values.map((value) => ({ label, value })) };
    const { bytes } = await seal(spool, [], { summary });
    const { sheets } = await openWorkbook(bytes, PASSWORD);
    const read = [...(sheets[0]?.rows() ?? [])].slice(2).map((row) => row[2]);
    expect(read.slice(0, 4)).toEqual(["NaN", "", "1899-01-01 09:00:00", "=1+1 <&>"]);
    expect(String(read[4])).toMatch(/^가{32757}… \(\+7243\)$/);
    const zip = { format: "csv-zip", password: "Barun!4071" } as const;
    expect((await seal(spool, [], { ...zip, summary })).file.rows).toBe(0);
  });

  it("makes a workbook with headings of no rows", async () => {
    const { file, bytes } = await seal(spool, []);
    expect(file).toMatchObject({ rows: 0, sheets: 1 });
    const { sheets } = await openWorkbook(bytes, PASSWORD);
    expect([...(sheets[1]?.rows() ?? [])]).toEqual([["휴대전화", "결제금액", "결제일시", "선물"]]);
  });

  it("goes on with a further sheet where one is full, to the row", async () => {
    const rows = Array.from({ length: 7 }, (_, i) => [i, `글 ${i}`]);
    for (const [rowsPerSheet, names] of [
      [7, ["안내", "자료"]],
      [6, ["안내", "자료", "자료 (2)"]],
      [3, ["안내", "자료", "자료 (2)", "자료 (3)"]],
    ] as const) {
      const { file, bytes } = await seal(spool, rows, { columns: TEXTS, rowsPerSheet });
      const { sheets } = await openWorkbook(bytes, PASSWORD);
      expect(sheets.map(({ name }) => name)).toEqual(names);
      expect(file.sheets).toBe(names.length - 1);
      expect(sheets.slice(1).flatMap((sheet) => [...sheet.rows()].slice(1))).toEqual(rows);
    }
  });

  it("cuts what a cell does not hold, says how much is missing, and counts it", async () => {
    const exact = "가".repeat(32_767);
    const pair = `${"a".repeat(32_756)}😀${"b".repeat(100)}`;
    const { file, bytes } = await seal(
      spool,
      [
        [1, exact],
        [2, `${exact}나`],
        [3, pair],
      ],
      { columns: TEXTS },
    );
    expect(file.cutCells).toBe(2);
    const [first, second, third] = await readData(bytes);
    expect(first?.[1]).toBe(exact);
    const cut = "가".repeat(32_757);
    expect(second?.[1]).toBe(`${cut}… (+11)`);
    expect(String(third?.[1])).toMatch(/^a{32756}… \(\+102\)$/);
  });

  it("carries its mark in every sheet, the properties and the name of nothing", async () => {
    const { bytes } = await seal(spool, ROWS, { mark: "ex-mark-7" });
    expect((await openWorkbook(bytes, PASSWORD)).mark).toBe("ex-mark-7");
    expect(bytes.includes("ex-mark-7")).toBe(false);
  });

  it("never has a clear byte on the disk, at any moment", async () => {
    const canary = "CANARY-01098765432-홍길동";
    const needles = ["utf8", "utf16le"].map((encoding) => Buffer.from(canary, encoding as BufferEncoding));
    const writer = begin(spool, { columns: TEXTS });
    let looks = 0;
    const look = () => {
      for (const name of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, name));
        for (const needle of [...needles, Buffer.from(PASSWORD), Buffer.from("xl/worksheets")])
          expect(bytes.includes(needle)).toBe(false);
        looks += 1;
      }
    };
    for (let i = 0; i < 4_000; i++) {
      await writer.write([i, `${canary}${i % 97}`]);
      if (i % 500 === 0) look();
    }
    const file = await writer.finish(SAMPLE.summary);
    look();
    expect(looks).toBeGreaterThan(4);
    expect((await readData(await buffer(openSealed(spool, file.id)))).length).toBe(4_000);
  });

  it("leaves nothing where the source throws, and throws the same", async () => {
    const before = readdirSync(folder);
    const error = new Error("source");
    function* rows(): Generator<readonly Cell[]> {
      for (let i = 0; i < 2_000; i++) yield ROWS[0] ?? [];
      throw error;
    }
    await expect(writeWorkbook(rows(), { ...SAMPLE, spool })).rejects.toBe(error);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe("createWorkbook", () => {
  it("gives a promise where its maker is behind, and goes on after a row that is none", async () => {
    const memory = new MemorySpool();
    const writer = begin(memory, { columns: TEXTS, expectedRows: 400 });
    const waits = Array.from({ length: 300 }, (_, i) => writer.write([i, "글"]));
    expect(waits.filter((wait) => wait !== undefined)).toHaveLength(2);
    await Promise.all(waits);
    expect(() => writer.write([1])).toThrow("2 cells");
    expect(() => writer.write([1, { a: 1 } as never])).toThrow('column "text" is object');
    expect(() => writer.write([Number.NaN, ""])).toThrow('column "no" is NaN');
    expect(() => writer.write([new Date(Number.NaN), ""])).toThrow('column "no" is NaN');
    expect(writer.progress).toMatchObject({ state: "writing", rows: 300, expectedRows: 400, percent: 75 });
    const file = await writer.finish(SAMPLE.summary);
    expect(writer.progress).toMatchObject({ state: "sealed", percent: 100, sizeBytes: file.sizeBytes });
    expect(() => writer.write([1, ""])).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_WORKBOOK_CLOSED" }),
    );
    await writer.abort();
    expect((await readData(await buffer(openSealed(memory, file.id)))).length).toBe(300);
  });

  it("refuses more rows than it may hold: at once where they are foretold, else at that row, and leaves nothing", async () => {
    const memory = new MemorySpool();
    const options = { columns: TEXTS, maxRows: 200 };
    const limit = expect.objectContaining({ code: "ERR_GARIM_WORKBOOK_LIMIT" });
    expect(() => begin(memory, { ...options, expectedRows: 201 })).toThrow(limit);
    const writer = begin(memory, { ...options, expectedRows: 200 });
    for (let i = 0; i < 200; i++) await writer.write([i, ""]);
    await expect(writer.write([200, ""])).rejects.toEqual(limit);
    expect(() => writer.write([201, ""])).toThrow(limit);
    expect(writer.progress.state).toBe("aborted");
    expect([memory.objects.size, memory.unfinished]).toEqual([0, 0]);
  });

  it("leaves nothing after abort, in the middle and while it is sealed", async () => {
    for (const isSealing of [false, true]) {
      const memory = new MemorySpool();
      const writer = begin(memory, { columns: TEXTS });
      for (let i = 0; i < 3_000; i++) await writer.write([i, `글 ${i}`]);
      const finishing = isSealing ? writer.finish(SAMPLE.summary) : undefined;
      const settled = finishing?.then(
        () => "sealed",
        ({ code }) => code,
      );
      await writer.abort();
      await writer.abort();
      if (isSealing) expect(await settled).toBe("ERR_GARIM_WORKBOOK_CLOSED");
      expect([memory.objects.size, memory.unfinished]).toEqual([0, 0]);
      expect(() => writer.write([1, ""])).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_WORKBOOK_CLOSED" }),
      );
    }
  });

  it.each(["create", "write", "finish", "open", "ends"])(
    "leaves nothing where the spool fails at %s",
    async (where) => {
      const memory = new MemorySpool();
      const fail = async (): Promise<never> => {
        throw new Error("disk full");
      };
      const failing = {
        create: async (id: string) => {
          if (where === "create" || (where === "ends" && id.endsWith(".ends"))) return fail();
          const object = await memory.create(id);
          return { ...object, ...(where === "write" || where === "finish" ? { [where]: fail } : {}) };
        },
        open: where === "open" ? fail : (id: string) => memory.open(id),
        remove: (id: string) => memory.remove(id),
      };
      const rows = Array.from({ length: 3_000 }, (_, i) => [i, `글 ${i}`]);
      const failed = writeWorkbook(rows, { ...SAMPLE, spool: failing, columns: TEXTS });
      await expect(failed).rejects.toMatchObject({
        code: "ERR_GARIM_WORKBOOK_SPOOL",
        cause: new Error("disk full"),
      });
      expect([memory.objects.size, memory.unfinished]).toEqual([0, 0]);
    },
  );

  it("tells of what fails while the spool is slow by its own errors alone, and leaves nothing", async () => {
    const memory = new MemorySpool();
    let aborting: Promise<void> | undefined;
    const create = async (id: string) => {
      const object = await memory.create(id);
      const write = async (bytes: Uint8Array) => {
        // Given up while the first piece is on its way and others are being made.
        aborting ??= writer.abort();
        await new Promise((resolve) => setTimeout(resolve, 100));
        await object.write(bytes);
      };
      return { ...object, write };
    };
    const writer = begin(Object.assign(Object.create(memory) as MemorySpool, { create }), { columns: TEXTS });
    const text = "글".repeat(3_000);
    const told = Promise.allSettled(Array.from({ length: 400 }, (_, i) => writer.write([i, text + i])));
    await vi.waitFor(() => expect(aborting).toBeDefined());
    await aborting;
    expect((await told).some(({ status }) => status === "rejected")).toBe(true);
    expect([memory.objects.size, memory.unfinished]).toEqual([0, 0]);
  });

  it("makes no file for whoever gives up at the last moment", async () => {
    const memory = new MemorySpool();
    const create = async (id: string) => {
      const object = await memory.create(id);
      const finish = async () => {
        await object.finish();
        if (id.endsWith(".ends")) void writer.abort();
      };
      return { ...object, finish };
    };
    const writer = begin(Object.assign(Object.create(memory) as MemorySpool, { create }), { columns: TEXTS });
    await writer.write([1, "글"]);
    await expect(writer.finish(SAMPLE.summary)).rejects.toMatchObject({ code: "ERR_GARIM_WORKBOOK_CLOSED" });
    await writer.abort();
    expect(memory.objects.size).toBe(0);
  });

  it("does not finish a file of which the spool gives back other bytes", async () => {
    const memory = new MemorySpool();
    const lying = Object.assign(Object.create(memory) as MemorySpool, {
      open: async (id: string) => {
        const bytes = Uint8Array.from(memory.objects.get(id) ?? []);
        bytes[100] = 255 - (bytes[100] ?? 0);
        return [bytes];
      },
    });
    await expect(writeWorkbook(ROWS, { ...SAMPLE, spool: lying })).rejects.toMatchObject({
      code: "ERR_GARIM_WORKBOOK_SPOOL",
      message: expect.stringContaining("other bytes"),
    });
    expect(memory.objects.size).toBe(0);
  });

  it("stops between two rows where its signal says so", async () => {
    const memory = new MemorySpool();
    const controller = new AbortController();
    function* rows(): Generator<readonly Cell[]> {
      for (let i = 0; ; i++) {
        if (i === 500) controller.abort(new Error("client gone"));
        yield [i, "글"];
      }
    }
    const options = { ...SAMPLE, spool: memory, columns: TEXTS, signal: controller.signal };
    await expect(writeWorkbook(rows(), options)).rejects.toThrow("client gone");
    expect([memory.objects.size, memory.unfinished]).toEqual([0, 0]);
  });
});

describe("removeSealed", () => {
  it("leaves nothing, and does not mind that there is nothing", async () => {
    const before = readdirSync(folder);
    const { file } = await seal(spool, ROWS);
    await removeSealed(spool, file.id);
    await removeSealed(spool, file.id);
    expect(readdirSync(folder)).toEqual(before);
    await expect(buffer(openSealed(spool, file.id))).rejects.toMatchObject({
      code: "ERR_GARIM_WORKBOOK_SPOOL",
    });
  });
});
