/** A cell on its way to the sheet: moments are UTC milliseconds, what cannot be a number of a sheet is a text already. */
export type WireCell = string | number | boolean | null;

/** What a sheet needs to know of a column. */
export interface SheetColumn {
  readonly heading: string;
  readonly type: "text" | "number" | "amount" | "date";
  readonly width: number;
}
