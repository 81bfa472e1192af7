import { createHash, type Hash } from "node:crypto";
import { GarimError } from "@garim/policy";

/** Compares what the spool gives with what it was given. */
export class ReadBack {
  readonly #given: Hash = createHash("sha256");
  readonly #taken: Hash = createHash("sha256");

  give(bytes: Uint8Array): Uint8Array {
    this.#given.update(bytes);
    return bytes;
  }

  take(bytes: Uint8Array): void {
    this.#taken.update(bytes);
  }

  /** @throws GarimError `ERR_GARIM_WORKBOOK_SPOOL` */
  compare(): void {
    if (this.#given.digest().equals(this.#taken.digest())) return;
    throw new GarimError(
      "ERR_GARIM_WORKBOOK_SPOOL",
      "The spool gave back other bytes than it was given, so the file was not finished. Check its disk, or that no two files share an id.",
    );
  }
}
