import { type Document, withoutBlocks } from "./document.ts";

/** A row of a Markdown table: its cells by the heading of their column, in small letters and without backquotes. */
export interface Row {
  /** `README.md:12` */
  readonly at: string;
  readonly cells: ReadonlyMap<string, string>;
  /** The first cell, without backquotes. */
  readonly first: string;
}

/** Reads every row of every table of a document. */
export function readRows({ path, text }: Document): readonly Row[] {
  const rows: Row[] = [];
  let heads: readonly string[] | undefined;
  for (const [i, line] of withoutBlocks(text).split("\n").entries()) {
    const cells = readCells(line);
    if (cells === undefined) heads = undefined;
    else if (heads === undefined) heads = cells.map((cell) => cell.toLowerCase());
    else if (!cells.every((cell) => /^:?-+:?$/.test(cell)))
      rows.push(makeRow(`${path}:${i + 1}`, heads, cells));
  }
  return rows;
}

function readCells(line: string): readonly string[] | undefined {
  if (!line.trim().startsWith("|")) return undefined;
  const cells = line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.replaceAll("`", "").replaceAll("\\|", "|").trim());
}

function makeRow(at: string, heads: readonly string[], cells: readonly string[]): Row {
  return { at, first: cells[0] ?? "", cells: new Map(cells.map((cell, i) => [heads[i] ?? "", cell])) };
}
