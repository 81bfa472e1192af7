import { createHash, type Hash } from "node:crypto";
import { GarimError } from "@garim/policy";
import { WORKBOOK_LIMITS } from "../limits.ts";
import type { Closed, FileMaker, Pieces } from "../seal/file-maker.ts";
import { ReadBack } from "../seal/read-back.ts";
import type { SealSpec } from "../seal/seal-spec.ts";
import type { SheetColumn, WireCell } from "../sheet/wire-cell.ts";
import type { Summary, WorkbookCounts } from "../summary.ts";
import { BYTE_ORDER_MARK, csvLine } from "./csv-line.ts";
import { EncryptedZip } from "./encrypted-zip.ts";
import { makeSummaryCsv } from "./summary-csv.ts";

/** Names in a ZIP are readable without its password: they say nothing. */
const SUMMARY = "about.csv";
/** Bytes of lines; then the next file begins. A ZIP without long lengths holds 4 GiB. */
const FILE_BYTES: number = 2 ** 31;

/** Makes an AES-256 ZIP of CSV files: the rows, and what the first sheet of a workbook says. */
export class CsvMaker implements FileMaker {
  readonly #spec: SealSpec;
  readonly #columns: readonly SheetColumn[];
  readonly #zip: EncryptedZip;
  readonly #readBack = new ReadBack();
  readonly #hash: Hash = createHash("sha256");
  readonly #fileBytes: number;
  #files = 0;
  #rows = 0;
  #sizeBytes = 0;

  constructor(spec: SealSpec, fileBytes: number = FILE_BYTES) {
    this.#spec = spec;
    this.#fileBytes = fileBytes;
    this.#zip = new EncryptedZip(spec.password);
    // CSV has no properties: every row says where it is from.
    this.#columns = [...spec.columns, { heading: MARK_HEADINGS[spec.language], type: "text", width: 0 }];
  }

  async addRows(rows: readonly (readonly WireCell[])[]): Promise<Pieces> {
    if (this.#files === 0 || this.#zip.entryBytes >= this.#fileBytes) await this.#beginFile();
    const lines = rows.map((row) => csvLine([...row, this.#spec.mark], this.#columns));
    await this.#zip.write(lines.join(""));
    this.#rows += rows.length;
    return this.#take();
  }

  count(): WorkbookCounts {
    // Without a row there is a file with headings.
    return { rows: this.#rows, sheets: Math.max(1, this.#files), cutCells: 0 };
  }

  async end(summary: Summary): Promise<Pieces> {
    if (this.#files === 0) await this.#beginFile();
    await this.#zip.open(SUMMARY);
    await this.#zip.write(makeSummaryCsv(summary));
    await this.#zip.end();
    return this.#take();
  }

  readBack(bytes: Uint8Array): void {
    this.#readBack.take(bytes);
  }

  async close(): Promise<Closed> {
    this.#readBack.compare();
    const sha256 = this.#hash.digest("hex");
    return { head: [], tail: new Uint8Array(0), sizeBytes: this.#sizeBytes, sha256 };
  }

  async #beginFile(): Promise<void> {
    this.#files += 1;
    await this.#zip.open(this.#files === 1 ? "rows.csv" : `rows-${this.#files}.csv`);
    const headings = this.#columns.map(({ heading }) => heading);
    await this.#zip.write(BYTE_ORDER_MARK + csvLine(headings, this.#columns));
  }

  #take(): Pieces {
    const pieces = this.#zip.take();
    for (const piece of pieces) {
      this.#sizeBytes += piece.length;
      this.#hash.update(this.#readBack.give(piece));
    }
    if (this.#sizeBytes > WORKBOOK_LIMITS.sizeBytes) throw tooLarge();
    return pieces;
  }
}

const MARK_HEADINGS = { ko: "내려받기 번호", en: "Export" } as const;

function tooLarge(): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_LIMIT",
    "The file would pass 2 GiB. Ask for fewer rows or fields, in several files.",
  );
}
