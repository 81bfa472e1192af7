import { randomBytes } from "node:crypto";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { describe, expect, it } from "vitest";
import { NAUGHTY } from "../../test/naughty.ts";
import { begin, MemorySpool, ROWS, SAMPLE, seal, ZIP_PASSWORD } from "../../test/sample.ts";
import { checkOptions } from "../check-options.ts";
import { CsvMaker } from "./csv-maker.ts";

const ZIP = { format: "csv-zip", password: ZIP_PASSWORD } as const;
const TEXTS = [
  { key: "no", heading: { ko: "번호", en: "No." }, type: "number" },
  { key: "text", heading: { ko: "글", en: "Text" } },
] as const;

async function readZip(bytes: Uint8Array, password: string): Promise<Readonly<Record<string, string>>> {
  const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), {
    password,
    checkSignature: true,
  });
  const texts: Record<string, string> = {};
  for (const entry of await zip.getEntries()) {
    expect(entry).toMatchObject({ encrypted: true, directory: false });
    if (!entry.directory)
      texts[entry.filename] = Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString();
  }
  return texts;
}

/** CSV by RFC 4180. */
function parse(csv: string): readonly (readonly string[])[] {
  const cells = csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g);
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("csv-zip", () => {
  it("holds rows with their mark and what the first sheet says, both with a byte order mark", async () => {
    const { file, bytes } = await seal(new MemorySpool(), ROWS, { ...ZIP });
    expect(file).toMatchObject({ mediaType: "application/zip", extension: ".zip", sizeBytes: bytes.length });
    const texts = await readZip(bytes, ZIP_PASSWORD);
    expect(texts).toEqual({
      "rows.csv":
        "\ufeff휴대전화,결제금액,결제일시,선물,내려받기 번호\r\n" +
        "01012345678,12000,2026-11-18 20:06:40,true,ex-20261122-1\r\n" +
        "010-****-5678,***,2026-11-18 20:06:40,,ex-20261122-1\r\n" +
        ",-1.5,,false,ex-20261122-1\r\n",
      "about.csv":
        "\ufeff주문 내려받기,,Orders\r\n\r\n건수,3,Rows,3\r\n목적,배송,Purpose,Shipping\r\n" +
        "파기 기한,2026-11-30 09:00:00,Destroy by,2026-11-30 09:00:00\r\n",
    });
  });

  it("makes nothing of a wrong password, and shows nothing without one", async () => {
    const { bytes } = await seal(new MemorySpool(), [["01098765432", 1, null, null]], { ...ZIP });
    await expect(readZip(bytes, `${ZIP_PASSWORD}.`)).rejects.toThrow("Invalid password");
    for (const clear of ["01098765432", "휴대전화", ZIP_PASSWORD, "ex-20261122-1"])
      expect(bytes.includes(clear)).toBe(false);
  });

  it("[V1.2.10] has every naughty string as it was, but for an apostrophe before what a sheet would run", async () => {
    const rows = NAUGHTY.map((text, i) => [i, text]);
    const { bytes } = await seal(new MemorySpool(), rows, { ...ZIP, columns: TEXTS });
    const read = parse((await readZip(bytes, ZIP_PASSWORD))["rows.csv"] ?? "").slice(1);
    expect(read).toHaveLength(NAUGHTY.length);
    for (const [i, text] of NAUGHTY.entries()) {
      const cell = read[i]?.[1] ?? "";
      // Halves of pairs are no UTF-8.
      const written = Buffer.from(text).toString();
      expect([written, `'${written}`]).toContain(cell);
      expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠|%]/u);
    }
  });

  it("opens in another reader at any length: its counter passes two bytes", async () => {
    // A letter first: base64 may begin with a plus, and would be kept from being taken for a formula.
    const long = Array.from({ length: 24 }, () => `x${randomBytes(49_152).toString("base64")}`);
    const { bytes } = await seal(
      new MemorySpool(),
      long.map((text, i) => [i, text]),
      { ...ZIP, columns: TEXTS },
    );
    expect(bytes.length).toBeGreaterThan(16 * 65_536);
    const read = parse((await readZip(bytes, ZIP_PASSWORD))["rows.csv"] ?? "").slice(1);
    expect(read.map(([, text]) => text)).toEqual(long);
  });

  it.each(["of a piece", "of the code at its end"])(
    "does not open where one bit %s was changed",
    async (where) => {
      const { bytes } = await seal(new MemorySpool(), ROWS, { ...ZIP });
      const follows = bytes.indexOf("PK\x07\x08", 0, "latin1");
      const at = where === "of a piece" ? 80 : follows - 1;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await expect(readZip(bytes, ZIP_PASSWORD)).rejects.toThrow("Invalid authentication code");
    },
  );

  it("begins a further file where one is full, each with its headings", async () => {
    const { summary: _, ...sample } = SAMPLE;
    const maker = new CsvMaker(checkOptions({ ...sample, ...ZIP, spool: new MemorySpool() }).spec, 1);
    const row = (phone: string) => [phone, 1, null, null];
    const pieces = [];
    // A file is looked at once what was written has been deflated.
    for (const phone of ["1", "2"]) pieces.push(...(await maker.addRows([row(phone.repeat(140_000))])));
    pieces.push(...(await maker.addRows([row("3")])));
    expect(maker.count()).toMatchObject({ rows: 3, sheets: 3 });
    pieces.push(...(await maker.end({ title: { ko: "가", en: "A" }, lines: [] })));
    const texts = await readZip(Buffer.concat(pieces), ZIP_PASSWORD);
    expect(Object.keys(texts)).toEqual(["rows.csv", "rows-2.csv", "rows-3.csv", "about.csv"]);
    expect(texts["rows-3.csv"]).toBe(
      "\ufeff휴대전화,결제금액,결제일시,선물,내려받기 번호\r\n3,1,,,ex-20261122-1\r\n",
    );
  });

  it("leaves nothing on abort", async () => {
    const memory = new MemorySpool();
    const writer = begin(memory, { ...ZIP, columns: TEXTS });
    for (let i = 0; i < 2_000; i++) await writer.write([i, "글"]);
    await writer.abort();
    expect([memory.objects.size, memory.unfinished]).toEqual([0, 0]);
  });
});
