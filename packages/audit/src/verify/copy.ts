import { isGarimError } from "@garim/policy";
import { Frontier } from "../merkle/tree.ts";
import { openCheckpoint } from "../note/checkpoint.ts";
import type { VerifierKey } from "../note/verifier-key.ts";
import { type Batch, batchLeaf } from "../seal/batch-leaf.ts";
import type { CheckpointPlace } from "../seal/place.ts";
import type { Sealed, SealedBatch } from "../seal/sealed.ts";
import {
  asCopy,
  type CopyBatch,
  isEqual,
  isPowerOfTwo,
  later,
  momentOf,
  type ProvenCheckpoint,
  type ProvenPart,
  range,
} from "./copy-part.ts";
import type { Damage } from "./damage.ts";
import { TreeMemory } from "./tree-memory.ts";

export interface CopyOptions {
  readonly place: CheckpointPlace;
  /** Public keys. */
  readonly verifiers: readonly VerifierKey[];
  readonly origin: string;
  /** Batches as the database has them: they stand in for what the copy lost, if a signature shows that they are the ones. */
  readonly substitutes: (first: number, last: number) => Promise<readonly Batch[]>;
}

/** A note that could not be shown to be of this tree yet. */
interface Waiting {
  readonly entry: number;
  readonly checkpoint: ProvenCheckpoint;
}

const MOST_WAITING = 100;
/** More are of no use to anybody. */
const MOST_DAMAGES = 10_000;
/** 128 MB: of what waits for a signature longer than that, only the batches' roots are kept, by which records can be compared too. */
const MOST_LEAF_BYTES = 134_217_728;

/**
 * Reads the copy outside the database from its beginning and lets it prove itself: batches follow each other without gaps, and only
 * what stands under a good signature counts. What is wrong with the copy is kept in `damages`.
 */
export class CopyReader {
  readonly damages: Damage[] = [];
  readonly #options: CopyOptions;
  readonly #memory = new TreeMemory();
  readonly #pending = new Map<number, CopyBatch>();
  readonly #others = new Map<number, CopyBatch>();
  #waiting: Waiting[] = [];
  #healed: { readonly first: number; readonly last: number; readonly index: number }[] = [];
  #checkpoint: ProvenCheckpoint | undefined;
  #leafBytes = 0;
  #failures = 0;
  #nextSeq = 1;
  #entry = 0;

  constructor(options: CopyOptions) {
    this.#options = options;
  }

  /** The newest checkpoint that is proven. */
  get checkpoint(): ProvenCheckpoint | undefined {
    return this.#checkpoint;
  }

  /** The place after the last that is proven. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** The tree over all that is proven. */
  get frontier(): Frontier {
    return this.#memory.tree;
  }

  async *read(): AsyncGenerator<ProvenPart> {
    const lines = this.#options.place.read()[Symbol.asyncIterator]();
    for (;;) {
      this.#entry++;
      const sealed = await this.#next(lines);
      if (sealed === "end") break;
      for (const batch of sealed.batches) this.#take(batch);
      if (sealed.note !== null) yield* this.#note(sealed.note);
    }
    yield* this.#proveWaiting(true);
    this.#end();
  }

  async #next(lines: AsyncIterator<Sealed>): Promise<Sealed | "end"> {
    try {
      const { done, value } = await lines.next();
      return done === true ? "end" : value;
    } catch (error) {
      if (!isGarimError(error) || error.code !== "ERR_GARIM_PROOF_INVALID") throw error;
      // The place cannot go on behind it.
      this.#damage(this.#nextSeq, `${this.#here()} cannot be read, nor what follows: ${error.message}`);
      return "end";
    }
  }

  #take(sealed: SealedBatch): void {
    const { no, firstSeq, size, recordedAt, root } = sealed;
    const leaves = Buffer.concat(this.#leafBytes < MOST_LEAF_BYTES ? (sealed.leaves ?? []) : []);
    const batch = { no, firstSeq, size, recordedAt, root, leaves, hash: batchLeaf(sealed) };
    const known = this.#memory.batch(no) ?? this.#pending.get(no);
    if (known === undefined) {
      if (no <= this.#memory.tree.size) return;
      this.#pending.set(no, batch);
      this.#leafBytes += leaves.length;
      return;
    }
    if (isEqual(known.hash, batch.hash)) {
      this.#noteReturn(no);
      return;
    }
    if (this.#pending.has(no)) this.#others.set(no, batch);
    else
      this.#damage(
        batch.firstSeq,
        `${this.#here()} repeats batch ${no} with other hashes than those that were signed`,
      );
  }

  /** A batch that was taken from the database stands further down: the lines were reordered, not lost. */
  #noteReturn(no: number): void {
    const healed = this.#healed.find(({ first, last }) => no >= first && no <= last);
    const damage = healed && this.damages[healed.index];
    if (healed === undefined || damage === undefined || !damage.what.includes("lost")) return;
    this.damages[healed.index] = {
      ...damage,
      what: `the copy was reordered: batches ${healed.first} to ${healed.last} stand after later ones, at its entry ${this.#entry}`,
    };
  }

  async *#note(note: string): AsyncGenerator<ProvenPart> {
    const opened = this.#open(note);
    if (opened === undefined) return;
    if (opened.size <= this.#memory.tree.size) this.#compare(opened);
    else {
      this.#waiting.push({ entry: this.#entry, checkpoint: opened });
      yield* this.#proveWaiting();
    }
  }

  #open(note: string): ProvenCheckpoint | undefined {
    const { verifiers, origin } = this.#options;
    try {
      const { checkpoint } = openCheckpoint(Buffer.from(note), verifiers, origin);
      return { size: checkpoint.size, root: checkpoint.root, note, at: momentOf(checkpoint.extensions) };
    } catch (error) {
      if (!isGarimError(error) || error.code !== "ERR_GARIM_PROOF_INVALID") throw error;
      this.#damage(this.#nextSeq, `the checkpoint at ${this.#here()} proves nothing: ${error.message}`);
      return undefined;
    }
  }

  /** A note of a tree that is proven already: it must be that tree. */
  #compare(checkpoint: ProvenCheckpoint): void {
    const root = this.#memory.rootAt(checkpoint.size);
    if (root === undefined) return;
    if (isEqual(root, checkpoint.root)) {
      if (checkpoint.size === this.#checkpoint?.size) this.#checkpoint = later(this.#checkpoint, checkpoint);
      return;
    }
    this.damages.push({
      kind: "forked",
      seq: this.#nextSeq,
      last: this.#nextSeq,
      what: `the copy holds two signed checkpoints over ${checkpoint.size} batches that contradict each other (the other at ${this.#here()}): the log was signed with two histories`,
    });
  }

  /**
   * The shortest first: what it proves helps to prove the next. Where one failed, the next are tried more and more rarely, for each
   * try looks at all that waits.
   */
  async *#proveWaiting(isEnd = false): AsyncGenerator<ProvenPart> {
    if (this.#failures > 0 && !isEnd && !isPowerOfTwo(this.#failures)) {
      this.#failures++;
      return this.#forgetWaiting();
    }
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const waiting of this.#waiting.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size)) {
        const part = await this.#prove(waiting);
        if (part === undefined) continue;
        this.#failures = 0;
        this.#waiting = this.#waiting.filter((one) => one.checkpoint.size > this.#memory.tree.size);
        isNew = true;
        yield part;
        break;
      }
    }
    if (this.#waiting.length > 0) this.#failures++;
    this.#forgetWaiting();
  }

  /** A few are enough: what one cannot prove, those beside it cannot either. */
  #forgetWaiting(): void {
    if (this.#waiting.length > MOST_WAITING) this.#waiting.splice(MOST_WAITING / 2, MOST_WAITING / 2);
  }

  async #prove({ checkpoint }: Waiting): Promise<ProvenPart | undefined> {
    const wanted = range(this.#memory.tree.size + 1, checkpoint.size);
    if (wanted.length === 0) return undefined;
    const own = wanted.map((no) => this.#pending.get(no));
    const plain = own.every((batch) => batch !== undefined) ? this.#try(own, checkpoint) : undefined;
    if (plain !== undefined) return plain;
    return this.#heal(wanted, own, checkpoint);
  }

  /** Looks whether a signature fits when other batches stand in for those the copy lost or has twice: only it can tell. */
  async #heal(
    wanted: readonly number[],
    own: readonly (CopyBatch | undefined)[],
    checkpoint: ProvenCheckpoint,
  ): Promise<ProvenPart | undefined> {
    const second = wanted.map((no) => this.#others.get(no) ?? this.#pending.get(no));
    const twice =
      this.#others.size > 0 && second.every((one) => one !== undefined)
        ? this.#try(second, checkpoint)
        : undefined;
    if (twice !== undefined) {
      this.#damage(
        twice.batches[0]?.firstSeq ?? 0,
        `the copy holds a batch twice, once with hashes that were not signed`,
      );
      return twice;
    }
    const stored = await this.#options.substitutes(wanted[0] ?? 0, wanted.at(-1) ?? 0);
    const byNo = new Map(stored.map((batch) => [batch.no, asCopy(batch)]));
    const mixed = wanted.map((no, i) => own[i] ?? byNo.get(no));
    const healed =
      this.#try(mixed, checkpoint) ??
      this.#try(
        wanted.map((no) => byNo.get(no)),
        checkpoint,
      );
    if (healed !== undefined) this.#blame(own, healed);
    return healed;
  }

  #blame(own: readonly (CopyBatch | undefined)[], healed: ProvenPart): void {
    const wrong = healed.batches.filter((batch, i) => {
      const mine = own[i];
      return mine === undefined || !isEqual(mine.hash, batch.hash);
    });
    const [first, last] = [wrong[0], wrong.at(-1)];
    if (first === undefined || last === undefined) return;
    const isLost = wrong.some((batch) => !own.some((one) => one?.no === batch.no));
    const which = first === last ? `batch ${first.no}` : `batches ${first.no} to ${last.no}`;
    const proof = "the signed checkpoint after it shows that the database has the right one";
    this.#healed.push({ first: first.no, last: last.no, index: this.damages.length });
    this.#damage(
      first.firstSeq,
      isLost
        ? `the copy lost ${which} (before its entry ${this.#entry}); ${proof}`
        : `the copy of ${which} was changed (before its entry ${this.#entry}); ${proof}`,
      last.firstSeq + last.size - 1,
    );
  }

  /** Whether these batches, after those that are proven, make the tree that was signed; if so, they are proven too. */
  #try(batches: readonly (CopyBatch | undefined)[], checkpoint: ProvenCheckpoint): ProvenPart | undefined {
    const whole = batches.filter((batch) => batch !== undefined);
    if (whole.length !== batches.length) return undefined;
    const before = this.#memory.tree;
    const frontier = Frontier.of(before.size, before.nodes);
    for (const batch of whole) frontier.append(batch.hash);
    if (!isEqual(frontier.root(), checkpoint.root)) return undefined;
    this.#accept(frontier, whole, checkpoint);
    return { batches: whole, checkpoint };
  }

  #accept(frontier: Frontier, batches: readonly CopyBatch[], checkpoint: ProvenCheckpoint): void {
    for (const batch of batches) {
      this.#leafBytes -= this.#pending.get(batch.no)?.leaves.length ?? 0;
      this.#pending.delete(batch.no);
      this.#others.delete(batch.no);
      this.#nextSeq = batch.firstSeq + batch.size;
    }
    this.#memory.grow(frontier, batches);
    this.#checkpoint = checkpoint;
  }

  #end(): void {
    const last = this.#waiting.at(-1);
    if (last === undefined) return;
    const { entry, checkpoint } = last;
    const missing = range(this.#memory.tree.size + 1, checkpoint.size).find((no) => !this.#pending.has(no));
    const why =
      missing === undefined ? "its hashes are not those that were signed" : `batch ${missing} is missing`;
    this.#damage(
      this.#nextSeq,
      `after batch ${this.#memory.tree.size} the copy proves nothing (its entry ${entry} has a signed checkpoint over ${checkpoint.size} batches, but ${why}); take another copy`,
    );
  }

  #here(): string {
    return `entry ${this.#entry} of the copy`;
  }

  #damage(seq: number, what: string, last: number = seq): void {
    if (this.damages.length < MOST_DAMAGES) this.damages.push({ kind: "copy", seq, last, what });
  }
}
