/** What a workbook can hold. */
export interface WorkbookLimits {
  /** Rows of data of one sheet: 1,048,576 less its headings. What follows stands on a further sheet. */
  readonly rowsPerSheet: number;
  /** Rows of data of a file. */
  readonly rows: number;
  readonly columns: number;
  /** UTF-16 units of a cell. */
  readonly cellCharacters: number;
  /** Bytes of a finished file: 2 GiB less one, what every reader of the container takes. */
  readonly sizeBytes: number;
  readonly passwordCharacters: number;
}

/** The limits of Excel's format, and of ours where it has none. */
export const WORKBOOK_LIMITS: WorkbookLimits = Object.freeze({
  rowsPerSheet: 1_048_575,
  rows: 5_000_000,
  columns: 16_384,
  cellCharacters: 32_767,
  sizeBytes: 2 ** 31 - 1,
  passwordCharacters: 255,
});
