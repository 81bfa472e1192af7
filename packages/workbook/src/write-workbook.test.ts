import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import {
  type Cell,
  fileSpool,
  openSealed,
  openWorkbook,
  removeSealed,
  type WriteWorkbookOptions,
  writeWorkbook,
} from "./index.ts";

const PASSWORD = "Garim!2026-열쇠";
const folder = mkdtempSync(join(tmpdir(), "garim-workbook-"));
const spool = fileSpool(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS: WriteWorkbookOptions = {
  spool,
  password: PASSWORD,
  mark: "ex-20261122-1",
  columns: [
    { key: "phone", heading: { ko: "휴대전화", en: "Phone" } },
    { key: "amount", heading: { ko: "결제금액", en: "Amount" }, type: "amount" },
    { key: "paidAt", heading: { ko: "결제일시", en: "Paid" }, type: "date" },
    { key: "gift", heading: { ko: "선물", en: "Gift" }, type: "number" },
  ],
  summary: ({ rows }) => ({
    title: { ko: "주문 내려받기", en: "Orders" },
    lines: [
      { label: { ko: "건수", en: "Rows" }, value: rows },
      { label: { ko: "목적", en: "Purpose" }, value: { ko: "배송", en: "Shipping" } },
      { label: { ko: "파기 기한", en: "Destroy by" }, value: new Date(Date.UTC(2026, 10, 30)) },
    ],
  }),
};
const ROWS: readonly (readonly Cell[])[] = [
  ["01012345678", 12_000, new Date(1_795_000_000_123), true],
  ["010-****-5678", "***", 1_795_000_000_000, null],
  [null, -1.5, "", false],
];

async function sealed(rows: readonly (readonly Cell[])[], options: Partial<WriteWorkbookOptions> = {}) {
  const file = await writeWorkbook(rows, { ...OPTIONS, ...options });
  return { file, bytes: await buffer(openSealed(spool, file.id)) };
}

describe("writeWorkbook", () => {
  it("makes a workbook that opens with its password, cell by cell", async () => {
    const { file, bytes } = await sealed(ROWS);
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
    const { bytes } = await sealed(ROWS);
    await expect(openWorkbook(bytes, `${PASSWORD}.`)).rejects.toMatchObject({
      code: "ERR_GARIM_WORKBOOK_PASSWORD",
    });
  });

  it("leaves nothing where the source throws, and throws the same", async () => {
    const before = readdirSync(folder);
    const error = new Error("source");
    function* rows(): Generator<readonly Cell[]> {
      for (let i = 0; i < 2_000; i++) yield ROWS[0] ?? [];
      throw error;
    }
    await expect(writeWorkbook(rows(), OPTIONS)).rejects.toBe(error);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe("removeSealed", () => {
  it("leaves nothing, and does not mind that there is nothing", async () => {
    const before = readdirSync(folder);
    const { file } = await sealed(ROWS);
    await removeSealed(spool, file.id);
    await removeSealed(spool, file.id);
    expect(readdirSync(folder)).toEqual(before);
    await expect(buffer(openSealed(spool, file.id))).rejects.toMatchObject({
      code: "ERR_GARIM_WORKBOOK_SPOOL",
    });
  });
});
