import { GarimError } from "@garim/policy";
import { WORKBOOK_LIMITS } from "../limits.ts";
import { makeParts, sheetPath } from "../sheet/parts.ts";
import { RowWriter } from "../sheet/row-writer.ts";
import { beginSheet, endSheet } from "../sheet/sheet-xml.ts";
import { makeSummarySheet } from "../sheet/summary-sheet.ts";
import type { WireCell } from "../sheet/wire-cell.ts";
import type { Summary, WorkbookCounts } from "../summary.ts";
import { DEFLATE_END, deflatePiece } from "../zip/deflate.ts";
import { ZipWriter } from "../zip/zip-writer.ts";
import type { Closed, FileMaker, Pieces } from "./file-maker.ts";
import type { SealSpec } from "./seal-spec.ts";
import { SealedContainer } from "./sealed-container.ts";

/** Characters of XML that are deflated together: large enough that no repetition is lost, small enough to wait for. */
const PIECE_CHARACTERS = 131_072;
/** Pieces on their way through the threads that deflate. */
const PIECES_AT_ONCE = 3;

/** How large the parts of a workbook may become. */
interface Sizes {
  /** Of a sheet's XML; then the next one begins. A ZIP without long lengths holds 4 GiB. */
  readonly sheetBytes: number;
  /** Of the package; then the work is given up. */
  readonly packageBytes: number;
}

const SIZES: Sizes = {
  sheetBytes: 2 ** 31,
  // Room for what stands around the package: the container's table is 1/128 of it.
  packageBytes: Math.floor(WORKBOOK_LIMITS.sizeBytes * 0.99),
};

interface Piece {
  readonly clear: Uint8Array;
  readonly packed: Promise<Uint8Array>;
}

/** Makes an encrypted workbook. */
export class XlsxMaker implements FileMaker {
  readonly #spec: SealSpec;
  readonly #sizes: Sizes;
  readonly #container: SealedContainer;
  readonly #zip = new ZipWriter();
  readonly #rows: RowWriter;
  #pieces: Piece[] = [];
  #out: Uint8Array[] = [];
  #xml = "";
  #isOpen = false;
  #sheets = 0;
  #sheetBytes = 0;
  #rowsInSheet = 0;
  #rowCount = 0;

  constructor(spec: SealSpec, sizes: Sizes = SIZES) {
    this.#spec = spec;
    this.#sizes = sizes;
    this.#container = new SealedContainer(spec.password);
    this.#rows = new RowWriter(spec.columns);
  }

  async addRows(rows: readonly (readonly WireCell[])[]): Promise<Pieces> {
    for (const row of rows) {
      if (!this.#hasRoom()) await this.#closeSheet();
      if (!this.#isOpen) this.#openSheet();
      this.#rowsInSheet += 1;
      this.#rowCount += 1;
      this.#xml += this.#rows.write(row, this.#rowsInSheet + 1);
      if (this.#xml.length >= PIECE_CHARACTERS) await this.#pack();
    }
    return this.#take();
  }

  count(): WorkbookCounts {
    // Without a row there is a sheet with headings.
    return { rows: this.#rowCount, sheets: Math.max(1, this.#sheets), cutCells: this.#rows.cutCells };
  }

  async end(summary: Summary): Promise<Pieces> {
    if (this.#sheets === 0) this.#openSheet();
    if (this.#isOpen) await this.#closeSheet();
    this.#store(sheetPath(0), makeSummarySheet(summary, this.#spec.mark));
    const parts = makeParts({ ...this.#spec, sheetNames: this.#sheetNames() });
    for (const [path, xml] of Object.entries(parts)) this.#store(path, xml);
    this.#seal(this.#zip.end());
    this.#out.push(this.#container.end());
    return this.#take();
  }

  readBack(bytes: Uint8Array): void {
    this.#container.readBack(bytes);
  }

  close(): Promise<Closed> {
    return this.#container.close();
  }

  #hasRoom(): boolean {
    return (
      !this.#isOpen ||
      (this.#rowsInSheet < this.#spec.rowsPerSheet && this.#sheetBytes < this.#sizes.sheetBytes)
    );
  }

  #openSheet(): void {
    this.#sheets += 1;
    this.#rowsInSheet = 0;
    this.#sheetBytes = 0;
    this.#isOpen = true;
    // The first sheet of the workbook is the summary.
    this.#seal(this.#zip.open(sheetPath(this.#sheets)));
    this.#xml = beginSheet(this.#spec.columns);
  }

  async #closeSheet(): Promise<void> {
    this.#xml += endSheet(this.#spec.columns, this.#rowsInSheet + 1, this.#spec.mark);
    await this.#pack();
    await this.#drain(0);
    this.#seal(this.#zip.add(new Uint8Array(0), DEFLATE_END));
    this.#seal(this.#zip.close());
    this.#isOpen = false;
  }

  async #pack(): Promise<void> {
    const clear = Buffer.from(this.#xml);
    this.#xml = "";
    this.#sheetBytes += clear.length;
    const packed = deflatePiece(clear);
    // Whoever waits for it is told.
    packed.catch(() => undefined);
    this.#pieces.push({ clear, packed });
    await this.#drain(PIECES_AT_ONCE);
  }

  /** Seals pieces in their order until no more than some are on their way. */
  async #drain(most: number): Promise<void> {
    while (this.#pieces.length > most) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) this.#seal(this.#zip.add(piece.clear, await piece.packed));
    }
  }

  #store(path: string, xml: string): void {
    this.#seal(this.#zip.store(path, Buffer.from(xml)));
  }

  #seal(clear: Uint8Array): void {
    if (this.#container.clearBytes + clear.length > this.#sizes.packageBytes) throw tooLarge();
    const sealed = this.#container.push(clear);
    if (sealed.length > 0) this.#out.push(sealed);
  }

  #take(): Pieces {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #sheetNames(): readonly string[] {
    const names = Array.from({ length: this.#sheets }, (_, i) =>
      i === 0 ? this.#spec.sheetName : `${this.#spec.sheetName} (${i + 1})`,
    );
    return [this.#spec.summaryName, ...names];
  }
}

function tooLarge(): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_LIMIT",
    "The file would pass 2 GiB, which readers of encrypted workbooks do not take. Ask for fewer rows or fields, in several files.",
  );
}
