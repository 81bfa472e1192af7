import type { RecordedFile } from "../access.ts";
import type { Found } from "../ask/entry.ts";

/** Takes the records of an export one by one and makes a file of them: CSV, NDJSON, a workbook. */
export interface RowSink {
  /** What it makes, as it stands on record: `csv`, `ndjson`, `xlsx`. */
  readonly format: string;
  /** What its copies carry, as it stands on record, so that one leads back to it. */
  readonly mark?: string;
  /** Resolves when it can take the next; a slow reader is waited for. */
  write(found: Found): Promise<void>;
  /** No record follows. @returns the whole file as it will be handed out */
  finish(): Promise<RecordedFile>;
  /** The export is on record: the file may be had. */
  release(): Promise<void>;
  /** It is not: nothing may remain of the file. */
  discard(): Promise<void>;
}

/** Where the bytes of a file go. Nobody may have them before `release`. */
export interface FileTarget {
  write(bytes: Uint8Array): Promise<void>;
  release(): Promise<void>;
  discard(): Promise<void>;
}
