import type { Language, Words } from "@garim/policy";
import type { WorkbookColumn } from "./column.ts";
import type { Spool } from "./spool/spool.ts";

/** `xlsx`: an encrypted workbook (ECMA-376 agile, AES-256). `csv-zip`: CSV in a ZIP encrypted with AES-256. */
export type WorkbookFormat = "xlsx" | "csv-zip";

export interface WorkbookOptions {
  /** `xlsx` unless given. */
  readonly format?: WorkbookFormat;
  /** Has to satisfy {@link checkPassword}. It is held in memory until the file is sealed, and is neither stored nor logged. */
  readonly password: string;
  /** Where the ciphertext goes; no clear byte does. */
  readonly spool: Spool;
  /** What the spool knows the file by: letters, digits, `.`, `_`, `-`, up to 100; a random UUID unless given. */
  readonly id?: string;
  readonly columns: readonly WorkbookColumn[];
  /** Name of the sheet of rows, up to 24 characters; 자료/Data unless given. */
  readonly name?: Words;
  /** Of headings and sheet names; Korean unless given. The first sheet has both. */
  readonly language?: Language;
  /** By which a leaked copy leads back to its export: its id. In every sheet's footer, the properties, the first sheet; a column of CSV. */
  readonly mark: string;
  /** Who made it, among the file's properties; `Garim` unless given. */
  readonly creator?: string;
  /** UTC milliseconds among the file's properties; now unless given. */
  readonly createdAt?: number;
  /** Rows that will come, as far as known: more than `maxRows` are refused at once, and progress has a percentage. */
  readonly expectedRows?: number;
  /** 5,000,000 unless given; only less. */
  readonly maxRows?: number;
  /** 1,048,575 unless given; only less. */
  readonly rowsPerSheet?: number;
}
