import { setImmediate } from "node:timers/promises";
import { GarimError } from "@garim/policy";
import { type CheckedOptions, tooManyRows } from "./check-options.ts";
import type { Cell } from "./column.ts";
import type { Answer, Command } from "./seal/command.ts";
import type { Closed } from "./seal/file-maker.ts";
import { openSealer, type Sealer } from "./seal/sealer.ts";
import type { WireCell } from "./sheet/wire-cell.ts";
import type { Spool } from "./spool/spool.ts";
import { SpooledFile } from "./spool/spooled-file.ts";
import type { Summary, WorkbookCounts } from "./summary.ts";
import { toWire } from "./to-wire.ts";
import type { SealedFile, WorkbookProgress, WorkbookWriter } from "./workbook-writer.ts";

/** Rows go to their maker together: this many, or this many characters. */
const BATCH_ROWS = 128;
const BATCH_CHARACTERS = 65_536;
/** Batches on their way before a caller has to wait. */
const BATCHES_AT_ONCE = 2;

const KINDS = {
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: ".xlsx",
  },
  "csv-zip": { mediaType: "application/zip", extension: ".zip" },
} as const;

/** Hands rows to their maker, and what it makes to the spool, in order; on any failure nothing is left. */
export class StreamingWriter implements WorkbookWriter {
  readonly #options: CheckedOptions;
  readonly #names: readonly string[];
  readonly #file: SpooledFile;
  readonly #sealer: Sealer;
  #batch: WireCell[][] = [];
  #characters = 0;
  #pending = 0;
  /** Writes of the body, one after the other; never rejects. */
  #spooling: Promise<void> = Promise.resolve();
  #waiters: (() => void)[] = [];
  #state: WorkbookProgress["state"] = "writing";
  #rows = 0;
  /** Of the finished file. */
  #sizeBytes: number | undefined;
  #failure: unknown;
  #cleaning: Promise<void> | undefined;

  constructor(options: CheckedOptions, names: readonly string[], spool: Spool) {
    this.#options = options;
    this.#names = names;
    this.#file = new SpooledFile(spool, options.id);
    this.#sealer = openSealer(options.spec);
  }

  get id(): string {
    return this.#options.id;
  }

  get progress(): WorkbookProgress {
    return {
      state: this.#state,
      rows: this.#rows,
      expectedRows: this.#options.expectedRows,
      percent: this.#percent(),
      sizeBytes: this.#sizeBytes ?? this.#file.sizeBytes,
    };
  }

  write(row: readonly Cell[]): void | Promise<void> {
    this.#mustBeWriting();
    const cells = toWire(row, this.#options.spec.columns, this.#names);
    if (this.#rows === this.#options.maxRows) return this.#giveUp(tooManyRows(this.#options.maxRows));
    this.#rows += 1;
    this.#batch.push(cells);
    for (const cell of cells) if (typeof cell === "string") this.#characters += cell.length;
    if (this.#batch.length < BATCH_ROWS && this.#characters < BATCH_CHARACTERS) return;
    this.#send();
    return this.#room();
  }

  async finish(summary: Summary | ((counts: WorkbookCounts) => Summary)): Promise<SealedFile> {
    this.#mustBeWriting();
    this.#state = "sealing";
    try {
      const counts = await this.#count();
      await this.#end(typeof summary === "function" ? summary(counts) : summary);
      const { sizeBytes, sha256 } = await this.#close();
      // Whoever gave up in the meantime gets no file.
      this.#check();
      this.#sizeBytes = sizeBytes;
      this.#state = "sealed";
      return { id: this.id, sizeBytes, sha256, ...counts, ...KINDS[this.#options.spec.format] };
    } catch (error) {
      return await this.#giveUp(error);
    } finally {
      await this.#sealer.close();
    }
  }

  async abort(): Promise<void> {
    if (this.#state === "sealed") return;
    this.#failure ??= new GarimError("ERR_GARIM_WORKBOOK_CLOSED", "The file was given up: make a new one.");
    await this.#cleanUp();
  }

  #percent(): number | null {
    if (this.#state === "sealed") return 100;
    const { expectedRows } = this.#options;
    if (expectedRows === null) return null;
    // Sealing is still to come.
    return expectedRows === 0 ? 0 : Math.min(99, Math.floor((100 * this.#rows) / expectedRows));
  }

  #mustBeWriting(): void {
    this.#check();
    if (this.#state !== "writing")
      throw new GarimError("ERR_GARIM_WORKBOOK_CLOSED", "The file is finished: make a new one.");
  }

  /** @throws why nothing goes on */
  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #send(): void {
    const rows = this.#batch;
    this.#batch = [];
    this.#characters = 0;
    void this.#spoolAnswer({ kind: "rows", rows }).catch((error) => this.#fail(error));
  }

  /** Has a command obeyed, and what it made written, after all that was made before. */
  async #spoolAnswer(command: Command): Promise<Answer> {
    this.#pending += 1;
    const answering = this.#sealer.run(command);
    // It may fail while what came before is still being written: whoever waits for it is told then.
    answering.catch(() => undefined);
    const writing = this.#spooling.then(async () => this.#writePieces((await answering).pieces));
    this.#spooling = writing.catch(() => undefined).then(() => this.#settle());
    await writing;
    return answering;
  }

  #settle(): void {
    this.#pending -= 1;
    if (this.#pending <= BATCHES_AT_ONCE) for (const go of this.#waiters.splice(0)) go();
  }

  async #writePieces(pieces: readonly Uint8Array[]): Promise<void> {
    this.#check();
    for (const piece of pieces) await this.#file.write(piece);
  }

  async #room(): Promise<void> {
    // Others get their turn even where the maker is never behind.
    await setImmediate();
    if (this.#pending > BATCHES_AT_ONCE) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    if (this.#failure !== undefined) await this.#giveUp(this.#failure);
  }

  async #count(): Promise<WorkbookCounts> {
    if (this.#batch.length > 0) this.#send();
    const { counts } = await this.#sealer.run({ kind: "count" });
    await this.#spooling;
    this.#check();
    if (counts === undefined) throw new Error("no counts");
    return counts;
  }

  async #end(summary: Summary): Promise<void> {
    await this.#spoolAnswer({ kind: "end", summary });
    await this.#file.finish();
  }

  /** Reads the body back, and writes what stands around it. */
  async #close(): Promise<Closed> {
    for await (const piece of await this.#file.readBack()) {
      this.#check();
      await this.#sealer.run({ kind: "read-back", bytes: piece });
    }
    const { closed } = await this.#sealer.run({ kind: "close" });
    if (closed === undefined) throw new Error("no ends");
    await this.#file.writeEnds(closed, () => this.#check());
    return closed;
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    void this.#cleanUp().catch(() => undefined);
  }

  /** Removes all there is. @throws what went wrong first */
  async #giveUp(error: unknown): Promise<never> {
    this.#failure ??= error;
    // Why it failed matters more than that its remains could not be removed.
    await this.#cleanUp().catch(() => undefined);
    throw this.#failure;
  }

  #cleanUp(): Promise<void> {
    this.#state = "aborted";
    this.#cleaning ??= this.#remove();
    return this.#cleaning;
  }

  async #remove(): Promise<void> {
    this.#batch = [];
    await this.#sealer.close();
    await this.#spooling;
    await this.#file.remove();
  }
}
