import { createHash } from "node:crypto";

interface Drawn<T> {
  readonly lot: string;
  readonly value: T;
}

/**
 * Draws some of many, each as likely as another, by a seed: whoever has the seed and the log draws the same again, and nobody
 * picks.
 */
export class Sampler<T> {
  readonly #seed: string;
  readonly #size: number;
  #drawn: Drawn<T>[] = [];

  /** @param seed - hex */
  constructor(seed: string, size: number) {
    this.#seed = seed;
    this.#size = size;
  }

  /** @param seq - the place, by which the lot is drawn */
  offer(seq: number, value: () => T): void {
    const lot = createHash("sha256").update(`garim/review-sample/v1\0${this.#seed}\0${seq}`).digest("hex");
    const last = this.#drawn.at(-1);
    if (this.#drawn.length === this.#size && (last === undefined || lot >= last.lot)) return;
    const place = this.#drawn.findIndex((one) => lot < one.lot);
    this.#drawn.splice(place === -1 ? this.#drawn.length : place, 0, { lot, value: value() });
    this.#drawn.length = Math.min(this.#drawn.length, this.#size);
  }

  /** In the order of the lots. */
  drawn(): readonly T[] {
    return this.#drawn.map(({ value }) => value);
  }
}
