/** Steps further than this between two numbers are a jump, no walk. */
const LONGEST_STEP = 3;
/** Moments between two of a walk: who comes back after an hour begins anew. */
const LONGEST_PAUSE_MS = 3_600_000;

/** How far somebody walks from number to number. */
export class Steps {
  #last: number | null = null;
  #at = 0;
  #direction = 0;
  #length = 0;

  /** @returns how many numbers in a row were asked for, upwards or downwards */
  add(asked: number, at: number): number {
    const step = this.#last === null ? 0 : asked - this.#last;
    const isNear = step !== 0 && Math.abs(step) <= LONGEST_STEP && at - this.#at <= LONGEST_PAUSE_MS;
    const goesOn = isNear && (this.#length <= 1 || Math.sign(step) === this.#direction);
    // Asked for again, as a page that is loaded anew: neither a step nor a turn.
    if (step !== 0 || this.#last === null) {
      this.#length = goesOn ? this.#length + 1 : 1;
      this.#direction = Math.sign(step);
    }
    this.#last = asked;
    this.#at = at;
    return this.#length;
  }

  /** What was asked for was shown: whoever works through their own orders, one after the other, does not walk. */
  forgive(): void {
    this.#length = Math.max(0, this.#length - 1);
  }
}
