import type { Words } from "@garim/policy";

/** A line of the first sheet: what it is in both languages, and what it says. */
export interface SummaryLine {
  readonly label: Words;
  /** A text is the same in both languages; a number stands as one; a moment as Korean time. */
  readonly value: Words | string | number | Date;
}

/** The first sheet: who, when, purpose, fields, counts, destroy-by, export id, duties. */
export interface Summary {
  readonly title: Words;
  readonly lines: readonly SummaryLine[];
}

/** What is known of the rows when the first sheet is written, which is last. */
export interface WorkbookCounts {
  readonly rows: number;
  /** Sheets of rows. */
  readonly sheets: number;
  /** Cells that were cut at 32,767 characters. */
  readonly cutCells: number;
}
