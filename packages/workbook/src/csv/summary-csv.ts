import { sayMoment } from "../sheet/korean-serial.ts";
import type { Summary, SummaryLine } from "../summary.ts";
import { BYTE_ORDER_MARK, csvText } from "./csv-line.ts";

/** The first sheet as CSV: a title, then a line each: label and value in Korean, label and value in English. */
export function makeSummaryCsv({ title, lines }: Summary): string {
  const rows = [[title.ko, "", title.en], [], ...lines.map(cellsOf)];
  return BYTE_ORDER_MARK + rows.map((cells) => `${cells.map(csvText).join(",")}\r\n`).join("");
}

function cellsOf({ label, value }: SummaryLine): readonly string[] {
  if (value instanceof Date) return cellsOf({ label, value: sayMoment(value) });
  if (typeof value === "object") return [label.ko, value.ko, label.en, value.en];
  return [label.ko, String(value), label.en, String(value)];
}
