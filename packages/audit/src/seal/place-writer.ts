import { GarimError, isGarimError } from "@garim/policy";
import type { CheckpointPlace } from "./place.ts";
import type { Sealed } from "./sealed.ts";
import type { TreeStore } from "./tree-store.ts";

/** A checkpoint to be kept outside. */
export interface Checkpoint {
  /** Batches it covers. */
  readonly size: number;
  readonly note: string;
}

export interface PlaceWriterOptions {
  readonly place: CheckpointPlace;
  readonly store: TreeStore;
  /** How many batches a note of that place covers, once it is shown to be of this very tree. */
  readonly checkNote: (note: string) => Promise<number>;
  readonly clock: () => number;
  /** Told once when the place takes nothing any more, and again only after it took something. */
  readonly onFault: (error: GarimError) => void;
}

/** How a place is doing, as this node knows. */
export interface PlaceStatus {
  readonly name: string;
  /** Whether the last write did not fail. */
  readonly isReachable: boolean;
  /** When it last took a checkpoint of this node's, UTC milliseconds; `null` where it took none. */
  readonly writtenAt: number | null;
}

/** Batches in a part: with 30 records each, about half a megabyte. */
const PART_BATCHES = 500;

/** Brings checkpoints to one place, one write at a time, always the newest; what it missed while it was away is made up for. */
export class PlaceWriter {
  readonly #options: PlaceWriterOptions;
  #wanted: Checkpoint | undefined;
  #written: Checkpoint | undefined;
  #writing: Promise<void> | undefined;
  #size: number | undefined;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #keptAt: number | null = null;
  #isFaulty = false;

  constructor(options: PlaceWriterOptions) {
    this.#options = options;
  }

  get status(): PlaceStatus {
    const { place } = this.#options;
    return { name: place.name, isReachable: !this.#isFaulty, writtenAt: this.#keptAt };
  }

  /** Has a checkpoint written when the place is due; never waits, never throws. */
  offer(checkpoint: Checkpoint): void {
    this.#wanted = checkpoint;
    if (this.#isDue()) this.flush();
  }

  /** Writes what is wanted, due or not; while something is written already, what is due after it. Resolves when that is done or has failed. */
  flush(): Promise<void> {
    this.#writing ??= this.#run().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /**
   * Learns what the place has.
   *
   * @throws GarimError `ERR_GARIM_PROOF_INVALID` where that is not of this tree; whatever the place throws
   */
  async look(): Promise<number> {
    if (this.#size !== undefined) return this.#size;
    const note = await this.#options.place.latest();
    this.#size = note === undefined ? 0 : await this.#options.checkNote(note);
    return this.#size;
  }

  #isDue(): boolean {
    const { place, clock } = this.#options;
    return clock() - this.#writtenAt >= (place.everySeconds ?? 0) * 1_000;
  }

  /** What became newest meanwhile is written too, where it is due; what fails is tried again with the next checkpoint. */
  async #run(): Promise<void> {
    try {
      do {
        const wanted = this.#wanted;
        if (wanted !== undefined && wanted !== this.#written) await this.#write(await this.look(), wanted);
        this.#written = wanted;
      } while (this.#wanted !== this.#written && this.#isDue());
      this.#isFaulty = false;
    } catch (error) {
      // What the place has now is unknown: a write may have come through all the same.
      this.#size = undefined;
      this.#writtenAt = Number.NEGATIVE_INFINITY;
      this.#report(error);
    }
  }

  async #write(size: number, { size: upTo, note }: Checkpoint): Promise<void> {
    const { place, store, clock } = this.#options;
    if (upTo < size) return;
    this.#writtenAt = clock();
    for (let after = size; ; after += PART_BATCHES) {
      const isLast = upTo - after <= PART_BATCHES;
      const batches = await store.sealedBatches(after, Math.min(upTo, after + PART_BATCHES));
      const part: Sealed = { batches, note: isLast ? note : null };
      await place.write([part]);
      if (isLast) break;
    }
    this.#size = upTo;
    this.#keptAt = clock();
  }

  #report(error: unknown): void {
    if (this.#isFaulty) return;
    this.#isFaulty = true;
    this.#options.onFault(isTreeFault(error) ? error : placeFault(this.#options.place.name, error));
  }
}

/** Whether the copy outside and the database tell different stories, which is more than a place that is away. */
export function isTreeFault(error: unknown): error is GarimError {
  return isGarimError(error) && error.code === "ERR_GARIM_PROOF_INVALID";
}

function placeFault(name: string, cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    `Checkpoints cannot be kept at ${name} (see cause); records go on, but until it takes them again only the database knows them. See that the place is reachable, writable and has room`,
    cause,
  );
}
