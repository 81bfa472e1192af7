import type { Words } from "@garim/policy";

/** How a column's values stand in a sheet. A text in any column stays a text: masks need that. */
export type ColumnType = "text" | "number" | "amount" | "date";

/** One column of the sheet of rows. */
export interface WorkbookColumn {
  /** Names it in errors, e.g. `recipient.phone`. */
  readonly key: string;
  readonly heading: Words;
  /**
   * `text` keeps leading zeros, `amount` shows thousands, `date` shows a moment in Korean time;
   * `text` unless given.
   */
  readonly type?: ColumnType;
  /** In characters, up to 255; fitted to heading and type unless given. */
  readonly width?: number;
}

/**
 * A value of a row. A number in a `date` column is UTC milliseconds, as a `Date`; in a `text` column it becomes a text.
 * A text never runs as a formula. A text beyond 32,767 characters is cut, says so at its end, and is counted.
 */
export type Cell = string | number | bigint | boolean | Date | null | undefined;
