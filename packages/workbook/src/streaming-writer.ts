import { setImmediate } from "node:timers/promises";
import { GarimError, isGarimError } from "@garim/policy";
import { type CheckedOptions, tooManyRows } from "./check-options.ts";
import type { Cell } from "./column.ts";
import type { Answer, Command } from "./seal/command.ts";
import type { Closed } from "./seal/file-maker.ts";
import { openSealer, type Sealer } from "./seal/sealer.ts";
import type { WireCell } from "./sheet/wire-cell.ts";
import { bodyOf, endsOf, removeSealed, writeEnds } from "./spool/sealed.ts";
import type { Spool, SpoolWriter } from "./spool/spool.ts";
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
  readonly #spool: Spool;
  readonly #sealer: Sealer;
  #body: Promise<SpoolWriter> | undefined;
  #batch: WireCell[][] = [];
  #characters = 0;
  #pending = 0;
  /** Writes of the body, one after the other; never rejects. */
  #spooling: Promise<void> = Promise.resolve();
  #waiters: (() => void)[] = [];
  #state: WorkbookProgress["state"] = "writing";
  #rows = 0;
  #sizeBytes = 0;
  #failure: unknown;
  #cleaning: Promise<void> | undefined;

  constructor(options: CheckedOptions, names: readonly string[], spool: Spool) {
    this.#options = options;
    this.#names = names;
    this.#spool = spool;
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
      sizeBytes: this.#sizeBytes,
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
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#state !== "writing")
      throw new GarimError("ERR_GARIM_WORKBOOK_CLOSED", "The file is finished: make a new one.");
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
    if (this.#failure !== undefined) throw this.#failure;
    for (const piece of pieces) {
      await this.#atSpool(async () => (await this.#openBody()).write(piece));
      this.#sizeBytes += piece.length;
    }
  }

  #openBody(): Promise<SpoolWriter> {
    this.#body ??= this.#spool.create(bodyOf(this.id));
    return this.#body;
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
    if (this.#failure !== undefined) throw this.#failure;
    if (counts === undefined) throw new Error("no counts");
    return counts;
  }

  async #end(summary: Summary): Promise<void> {
    await this.#spoolAnswer({ kind: "end", summary });
    await this.#atSpool(async () => (await this.#openBody()).finish());
    // From here on it is not discarded, but removed.
    this.#body = undefined;
  }

  /** Reads the body back, and writes what stands around it. */
  async #close(): Promise<Closed> {
    for await (const piece of await this.#atSpool(() => this.#spool.open(bodyOf(this.id)))) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#sealer.run({ kind: "read-back", bytes: piece });
    }
    const { closed } = await this.#sealer.run({ kind: "close" });
    if (closed === undefined) throw new Error("no ends");
    await this.#atSpool(() => this.#writeEnds(closed));
    return closed;
  }

  async #writeEnds(closed: Closed): Promise<void> {
    const ends = await this.#spool.create(endsOf(this.id));
    try {
      for (const piece of writeEnds(closed)) await ends.write(piece);
      if (this.#failure !== undefined) throw this.#failure;
      await ends.finish();
    } catch (error) {
      await ends.discard();
      throw error;
    }
  }

  async #atSpool<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw isGarimError(error) ? error : spoolFailed(error);
    }
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
    await this.#atSpool(async () => {
      const body = await this.#body?.catch(() => undefined);
      await body?.discard();
      await removeSealed(this.#spool, this.id);
    });
  }
}

function spoolFailed(cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_SPOOL",
    "The spool does not take or give the file (see cause): the file was given up and what there was of it removed. Check its disk or store.",
    cause,
  );
}
