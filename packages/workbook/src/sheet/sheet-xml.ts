import { columnName } from "./column-name.ts";
import { escapeText } from "./escape.ts";
import { STYLE } from "./styles.ts";
import type { SheetColumn } from "./wire-cell.ts";

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORKSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
const FROZEN = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
const TYPE_STYLES = {
  text: STYLE.text,
  number: STYLE.plain,
  amount: STYLE.amount,
  date: STYLE.date,
} as const;

/** What stands before the rows of a sheet: frozen headings, widths. */
export function beginSheet(columns: readonly SheetColumn[]): string {
  const widths = columns.map(({ width, type }, i) => columnXml(i, width, TYPE_STYLES[type])).join("");
  const headings = columns
    .map(({ heading }, i) => textCell(columnName(i), 1, heading, STYLE.heading))
    .join("");
  return (
    `${XML}${WORKSHEET}<sheetViews><sheetView workbookViewId="0">${FROZEN}</sheetView></sheetViews>` +
    `<cols>${widths}</cols><sheetData><row r="1">${headings}</row>`
  );
}

/** What stands after them: the mark on every printed page; that texts look like numbers is meant. */
export function endSheet(columns: readonly SheetColumn[], lastRow: number, mark: string): string {
  const all = `A1:${columnName(columns.length - 1)}${lastRow}`;
  return (
    `</sheetData>${pageXml(mark)}` +
    `<ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  );
}

export function columnXml(index: number, width: number, style: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${style}" customWidth="1"/>`;
}

/** A text cell of a style. @param column - its letters */
export function textCell(column: string, row: number, text: string, style: number): string {
  const content = `<is><t xml:space="preserve">${escapeText(text)}</t></is>`;
  return `<c r="${column}${row}" s="${style}" t="inlineStr">${content}</c>`;
}

export function pageXml(mark: string): string {
  return (
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="landscape"/>` +
    `<headerFooter><oddFooter>&amp;L${mark}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`
  );
}
