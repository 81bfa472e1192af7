import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  decryptWithMsoffcrypto,
  hasOfficeOrSkip,
  type OfficeDocument,
  openInOffice,
} from "../../../test/services/office.ts";
import { NAUGHTY } from "../test/naughty.ts";
import { MemorySpool, PASSWORD, ROWS, seal } from "../test/sample.ts";
import { ZipReader } from "./zip/zip-reader.ts";

const hasOffice = await hasOfficeOrSkip("workbooks in LibreOffice and msoffcrypto-tool");
const folder = mkdtempSync(join(tmpdir(), "garim-office-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const paths = {
  orders: join(folder, "주문.xlsx"),
  naughty: join(folder, "naughty.xlsx"),
  long: join(folder, "long.xlsx"),
};
const COLUMNS = [
  { key: "no", heading: { ko: "번호", en: "No." }, type: "number" },
  { key: "text", heading: { ko: "글", en: "Text" } },
] as const;

/** Past 6.8 MiB the container lists its table in further sectors. */
function* longRows(): Generator<readonly [number, string]> {
  for (let i = 0; i < 3_000; i++) yield [i, randomBytes(2_700).toString("base64")];
}

/** LibreOffice has one kind of line end, and no tabs in cells of several lines. */
function inOffice(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n");
  return lines.includes("\n") ? lines.replaceAll("\t", "").replaceAll("\u0001", "") : lines;
}

describe.skipIf(!hasOffice)("writeWorkbook, in other programs", { timeout: 240_000 }, () => {
  let documents: readonly OfficeDocument[];

  beforeAll(async () => {
    const spool = new MemorySpool();
    writeFileSync(paths.orders, (await seal(spool, ROWS)).bytes);
    const naughty = NAUGHTY.map((text, i) => [i, text]);
    writeFileSync(paths.naughty, (await seal(spool, naughty, { columns: COLUMNS })).bytes);
    const long = await seal(spool, longRows(), { columns: COLUMNS });
    expect(long.file.sizeBytes).toBeGreaterThan(7_143_936);
    writeFileSync(paths.long, long.bytes);
    documents = await openInOffice([
      { path: paths.orders, password: PASSWORD },
      { path: paths.orders, password: `${PASSWORD}.` },
      { path: paths.orders, password: "" },
      { path: paths.naughty, password: PASSWORD },
      { path: paths.long, password: PASSWORD },
    ]);
  }, 240_000);

  it("opens in LibreOffice: texts as texts, amounts as numbers, dates in Korean time, no formula", () => {
    const [about, data] = documents[0]?.sheets ?? [];
    expect([about?.name, data?.name]).toEqual(["안내", "자료"]);
    expect(data?.shown).toEqual([
      ["휴대전화", "결제금액", "결제일시", "선물"],
      ["01012345678", "12,000", "2026-11-18 20:06:40", expect.anything()],
      ["010-****-5678", "***", "2026-11-18 20:06:40", ""],
      ["", "-2", "", expect.anything()],
    ]);
    expect(data?.rows[1]?.slice(0, 2)).toEqual(["01012345678", 12_000]);
    expect(data?.rows[1]?.[3]).toBe(1);
    expect(data?.rows[3]).toEqual(["", -1.5, "", 0]);
    expect(about?.shown.slice(3)).toEqual([
      ["건수", "Rows", "3", ""],
      ["목적", "Purpose", "배송", "Shipping"],
      ["파기 기한", "Destroy by", "2026-11-30 09:00:00", ""],
    ]);
  });

  it.each([1, 2])("does not open in LibreOffice with a wrong password or none", (i) => {
    expect(documents[i]).toEqual({ refused: expect.any(String) });
  });

  it("has every naughty string in LibreOffice as it was, and runs none", () => {
    const data = documents[3]?.sheets?.[1];
    expect(data?.formulas).toBe(0);
    const texts = data?.rows.slice(1).map(([, text]) => inOffice(String(text)));
    expect(texts).toEqual(NAUGHTY.map(inOffice));
  });

  it("opens in LibreOffice beyond 6.8 MiB", () => {
    const data = documents[4]?.sheets?.[1];
    expect(data?.rows.length).toBe(3_001);
    expect(data?.rows[3_000]?.[0]).toBe(2_999);
  });

  it.each(Object.values(paths))("opens in msoffcrypto-tool: %#", async (path) => {
    const clear = await decryptWithMsoffcrypto(path, PASSWORD);
    expect(new ZipReader(Buffer.from(clear ?? [])).has("xl/workbook.xml")).toBe(true);
    expect(await decryptWithMsoffcrypto(path, "wrong")).toBeUndefined();
  });

  it("is refused by msoffcrypto-tool where one bit was changed", async () => {
    const changed = readFileSync(paths.orders);
    changed[3_000] = (changed[3_000] ?? 0) ^ 1;
    const path = join(folder, "changed.xlsx");
    writeFileSync(path, changed);
    expect(await decryptWithMsoffcrypto(path, PASSWORD)).toBeUndefined();
  });
});
