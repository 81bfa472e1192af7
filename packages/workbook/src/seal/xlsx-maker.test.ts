import { describe, expect, it } from "vitest";
import { openWorkbook } from "../open/open-workbook.ts";
import type { SealSpec } from "./seal-spec.ts";
import { XlsxMaker } from "./xlsx-maker.ts";

const SPEC: SealSpec = {
  format: "xlsx",
  password: "Garim!2026-열쇠",
  columns: [
    { heading: "번호", type: "number", width: 10 },
    { heading: "글", type: "text", width: 10 },
  ],
  language: "ko",
  summaryName: "안내",
  sheetName: "자료",
  rowsPerSheet: 1_048_575,
  mark: "ex-1",
  creator: "Garim",
  createdAt: 0,
};
const SUMMARY = { title: { ko: "주문", en: "Orders" }, lines: [] };
const ROWS = Array.from({ length: 4_000 }, (_, i) => [i, `글 ${i} `.repeat(20)]);

describe("XlsxMaker", () => {
  it("goes on with a further sheet where one's XML is long, and loses no row", async () => {
    const maker = new XlsxMaker(SPEC, { sheetBytes: 500_000, packageBytes: 2 ** 31 });
    const body = [...(await maker.addRows(ROWS)), ...(await maker.end(SUMMARY))];
    for (const piece of body) maker.readBack(piece);
    const { head, tail, sizeBytes } = await maker.close();
    const file = Buffer.concat([...head, ...body, tail]);
    expect(file.length).toBe(sizeBytes);
    const { sheets } = await openWorkbook(file, SPEC.password);
    expect(maker.count()).toEqual({ rows: 4_000, sheets: sheets.length - 1, cutCells: 0 });
    expect(sheets.length).toBe(3);
    expect(sheets.slice(1).flatMap((sheet) => [...sheet.rows()].slice(1))).toEqual(ROWS);
  });

  it("gives up a file that grows beyond what the container takes", async () => {
    const maker = new XlsxMaker(SPEC, { sheetBytes: 2 ** 31, packageBytes: 20_000 });
    await expect(maker.addRows(ROWS).then(() => maker.end(SUMMARY))).rejects.toMatchObject({
      code: "ERR_GARIM_WORKBOOK_LIMIT",
    });
  });
});
