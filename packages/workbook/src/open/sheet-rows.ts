import { columnIndex } from "../sheet/column-name.ts";
import { unescapeText } from "../sheet/escape.ts";
import { fromSerial } from "../sheet/korean-serial.ts";
import { STYLE } from "../sheet/styles.ts";

/** A cell as it is read: empty ones are `null`. */
export type ReadCell = string | number | boolean | Date | null;

const ROW = /<row r="\d+">(.*?)<\/row>/gs;
const CELL =
  /<c r="(?<name>[A-Z]+)\d+"(?: s="(?<style>\d+)")?(?: t="(?<type>\w+)")?>(?:<is><t[^>]*>(?<text>[^<]*)<\/t><\/is>|<v>(?<value>[^<]*)<\/v>)<\/c>/g;

/** The rows of a sheet's XML, headings included, as long as their last cell that is not empty. */
export function* readRows(xml: string): Generator<readonly ReadCell[]> {
  for (const [, cells = ""] of xml.matchAll(ROW)) yield readCells(cells);
}

function readCells(xml: string): readonly ReadCell[] {
  const row: ReadCell[] = [];
  for (const { groups = {} } of xml.matchAll(CELL)) {
    const index = columnIndex(groups["name"] ?? "");
    while (row.length < index) row.push(null);
    row.push(readCell(groups));
  }
  return row;
}

function readCell({ style, type, text, value }: Readonly<Record<string, string | undefined>>): ReadCell {
  if (type === "inlineStr") return unescapeText(text ?? "");
  if (type === "b") return value === "1";
  const number = Number(value);
  return style === String(STYLE.date) ? new Date(fromSerial(number)) : number;
}
