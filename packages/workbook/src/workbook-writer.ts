import type { Cell } from "./column.ts";
import type { Summary, WorkbookCounts } from "./summary.ts";

/** Makes one file. Rows go in one after the other; what has failed fails at every later call, and leaves nothing behind. */
export interface WorkbookWriter {
  /** What the spool knows the file by. */
  readonly id: string;
  readonly progress: WorkbookProgress;
  /**
   * Takes a row, its cells in the order of the columns. Where it gives a promise, wait for it before the next row.
   *
   * @throws GarimError `ERR_GARIM_WORKBOOK_ROW` for a row of another length or a cell that is none; the writer goes on.
   * `ERR_GARIM_WORKBOOK_LIMIT`, `ERR_GARIM_WORKBOOK_SPOOL`: nothing is left of the file. `ERR_GARIM_WORKBOOK_CLOSED` after its end
   */
  write(row: readonly Cell[]): void | Promise<void>;
  /**
   * Seals the file. From here on {@link openSealed} has it.
   *
   * @param summary - the first sheet, or what makes it of the counts
   */
  finish(summary: Summary | ((counts: WorkbookCounts) => Summary)): Promise<SealedFile>;
  /** Gives up: nothing is left of the file. After its end it does nothing. */
  abort(): Promise<void>;
}

/** How far it is. */
export interface WorkbookProgress {
  readonly state: "writing" | "sealing" | "sealed" | "aborted";
  readonly rows: number;
  readonly expectedRows: number | null;
  /** 0 to 100, whole; `null` where the number of rows is not known. 100 once sealed. */
  readonly percent: number | null;
  /** Of ciphertext, spooled so far. */
  readonly sizeBytes: number;
}

/** A file as it will be handed out. */
export interface SealedFile extends WorkbookCounts {
  readonly id: string;
  readonly sizeBytes: number;
  /** Of the whole file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly mediaType: string;
  /** `.xlsx` or `.zip`. */
  readonly extension: string;
}
