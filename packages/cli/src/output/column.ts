import type { Words } from "./language.ts";

/** What a cell may hold; `null` where there is nothing to say. */
export type Cell = string | number | boolean | null;

/** One column of a list. */
export interface Column<Row> {
  readonly heading: Words;
  readonly cell: (row: Row) => Cell;
}
