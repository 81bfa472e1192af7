import type { WireCell } from "../sheet/wire-cell.ts";
import type { Summary, WorkbookCounts } from "../summary.ts";

/** Makes the ciphertext of one file. Every call gives what it has made: the spooled body, piece by piece. */
export interface FileMaker {
  addRows(rows: readonly (readonly WireCell[])[]): Promise<Pieces>;
  /** No row follows. */
  count(): WorkbookCounts;
  /** Writes the first sheet and ends the body. */
  end(summary: Summary): Promise<Pieces>;
  /** Takes the whole body again, as the spool gives it. */
  readBack(bytes: Uint8Array): void;
  /** @throws GarimError `ERR_GARIM_WORKBOOK_SPOOL` where the spool gave other bytes than it was given */
  close(): Promise<Closed>;
}

export type Pieces = readonly Uint8Array[];

/** What stands around the body, known last. */
export interface Closed {
  readonly head: Pieces;
  readonly tail: Uint8Array;
  readonly sizeBytes: number;
  readonly sha256: string;
}
