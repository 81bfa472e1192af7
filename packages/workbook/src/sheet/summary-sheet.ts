import type { Words } from "@garim/policy";
import { WORKBOOK_LIMITS } from "../limits.ts";
import type { Summary, SummaryLine } from "../summary.ts";
import { isSheetDate, sayMoment, toSerial } from "./korean-serial.ts";
import { cutText } from "./row-writer.ts";
import { columnXml, pageXml, textCell, XML } from "./sheet-xml.ts";
import { STYLE } from "./styles.ts";

const WIDTHS = [22, 26, 60, 60];

/** The first sheet: a title, then a line each: label and value in Korean, label and value in English. */
export function makeSummarySheet({ title, lines }: Summary, mark: string): string {
  const widths = WIDTHS.map((width, i) => columnXml(i, width, STYLE.wrapped)).join("");
  const rows = lines.map((line, i) => `<row r="${i + 4}">${lineXml(line, i + 4)}</row>`).join("");
  return (
    `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>' +
    `<cols>${widths}</cols><sheetData>` +
    `<row r="1">${textCell("A", 1, title.ko, STYLE.title)}</row><row r="2">${textCell("A", 2, title.en, STYLE.title)}</row>` +
    `${rows}</sheetData>${pageXml(mark)}</worksheet>`
  );
}

function lineXml({ label, value }: SummaryLine, row: number): string {
  const labels = textCell("A", row, label.ko, STYLE.heading) + textCell("B", row, label.en, STYLE.heading);
  return labels + valueXml(value, row);
}

function valueXml(value: SummaryLine["value"], row: number): string {
  if (typeof value === "string") return wrapped("C", row, value);
  if (value instanceof Date) return dateXml(value, row);
  if (typeof value === "object") return bothXml(value, row);
  // At the end of a long export a number that is none is no reason to lose it.
  if (!Number.isFinite(value)) return wrapped("C", row, String(value));
  return `<c r="C${row}" s="${STYLE.amount}"><v>${value}</v></c>`;
}

function dateXml(date: Date, row: number): string {
  const ms = date.getTime();
  if (!isSheetDate(ms)) return wrapped("C", row, sayMoment(date));
  return `<c r="C${row}" s="${STYLE.date}"><v>${toSerial(ms)}</v></c>`;
}

function bothXml({ ko, en }: Words, row: number): string {
  return wrapped("C", row, ko) + wrapped("D", row, en);
}

function wrapped(column: string, row: number, text: string): string {
  const fitted = text.length > WORKBOOK_LIMITS.cellCharacters ? cutText(text) : text;
  return textCell(column, row, fitted, STYLE.wrapped);
}
