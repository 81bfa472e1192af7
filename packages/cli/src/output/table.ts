import stringWidth from "string-width";
import { cleanForTerminal } from "./clean.ts";
import type { Cell } from "./column.ts";

const GAP = "  ";

/**
 * Lays rows out under headings, Hangul counted two columns wide. Numbers stand at the right of their column.
 *
 * @param widths - at least so wide; for rows that go on a table before
 */
export function layTable(rows: readonly (readonly Cell[])[], widths: readonly number[]): readonly string[] {
  return rows.map((cells) =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, i === cells.length - 1))
      .join(GAP)
      .trimEnd(),
  );
}

/** How wide each column must be to hold all its cells. */
export function measure(rows: readonly (readonly Cell[])[]): readonly number[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((cells) => stringWidth(show(cells[i] ?? null)))),
  );
}

function pad(cell: Cell, width: number, isLast: boolean): string {
  const text = show(cell);
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  if (typeof cell === "number") return space + text;
  return isLast ? text : text + space;
}

function show(cell: Cell): string {
  return cell === null ? "" : cleanForTerminal(String(cell));
}
