import type { FileHandle } from "node:fs/promises";
import type { Spool } from "@garim/workbook";
import { openNameless, tellFull, writeUnlessGone } from "./spool.ts";

/** Where the parts of one workbook lie until it is handed out: files without names, of which nothing remains. */
export class SealedSpool implements Spool {
  readonly #files = new Map<string, FileHandle>();
  readonly #isGone: () => boolean;

  /** @param isGone - whether whoever it is for has gone: it is written no further */
  constructor(isGone: () => boolean) {
    this.#isGone = isGone;
  }

  async create(id: string): ReturnType<Spool["create"]> {
    const file = await openNameless().catch(tellFull);
    this.#files.set(id, file);
    return {
      write: (bytes) => writeUnlessGone(file, bytes, this.#isGone),
      finish: async () => undefined,
      discard: () => this.remove(id),
    };
  }

  async open(id: string): Promise<AsyncIterable<Uint8Array>> {
    const file = this.#files.get(id);
    if (file === undefined) throw new Error("There is no such file");
    // It is read twice: once to see what was written, once to hand it out.
    return file.createReadStream({ start: 0, autoClose: false });
  }

  async remove(id: string): Promise<void> {
    const file = this.#files.get(id);
    this.#files.delete(id);
    await file?.close();
  }
}
