import { Frontier } from "../merkle/tree.ts";
import { type Checkpoint, openCheckpoint } from "../note/checkpoint.ts";
import type { VerifierKey } from "../note/verifier-key.ts";
import { batchLeaf } from "../seal/batch-leaf.ts";
import { type CopyBatch, isEqual } from "./copy-part.ts";
import type { Damage } from "./damage.ts";

/** A checkpoint that somebody kept from an earlier verification: what it covers is not read again, if the log goes on from it. */
export class KeptCheckpoint {
  readonly #checkpoint: Checkpoint;
  readonly #frontier = new Frontier();
  #place = 0;
  #isSame = false;

  /** @throws GarimError `ERR_GARIM_PROOF_INVALID` where no trusted key signed it, or it is of another log */
  constructor(note: string, verifiers: readonly VerifierKey[], origin: string) {
    this.#checkpoint = openCheckpoint(Buffer.from(note), verifiers, origin).checkpoint;
  }

  /** Batches it covers. */
  get size(): number {
    return this.#checkpoint.size;
  }

  /** The last place it covers, as far as the copy went until now. */
  get place(): number {
    return this.#place;
  }

  /** Takes the batches it covers, in order. */
  pass(batches: readonly CopyBatch[]): void {
    for (const batch of batches.filter(({ no }) => no <= this.size)) {
      this.#frontier.append(batchLeaf(batch));
      this.#place = batch.firstSeq + batch.size - 1;
    }
    this.#isSame = this.#frontier.size === this.size && isEqual(this.#frontier.root(), this.#checkpoint.root);
  }

  /** What is wrong when the copy is read: its history is another one than that of the checkpoint, or ends before it. */
  tell(): readonly Damage[] {
    if (this.#isSame || this.size === 0) return [];
    const isShort = this.#frontier.size < this.size;
    const what = isShort
      ? `the copy proves ${this.#frontier.size} batches, and the checkpoint that was given covers ${this.size}`
      : `the checkpoint that was given is over another history of the first ${this.size} batches, and a trusted key signed both`;
    return [
      {
        kind: isShort ? "copy" : "forked",
        seq: isShort ? this.#place + 1 : 1,
        last: this.#place + Number(isShort),
        what,
      },
    ];
  }
}
