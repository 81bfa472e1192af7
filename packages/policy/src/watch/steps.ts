import { MINUTE } from "../moment.ts";
import type { Policy } from "../policy.ts";

/** How far somebody walks from number to number. */
export class Steps {
  #last: number | null = null;
  #at = 0;
  #direction = 0;
  #length = 0;

  /** @returns how many numbers in a row were asked for, upwards or downwards */
  add(asked: number, at: number, { watchStep, watchPauseMinutes }: Policy): number {
    const step = this.#last === null ? 0 : asked - this.#last;
    const isSoon = at - this.#at <= watchPauseMinutes * MINUTE;
    const isNear = step !== 0 && Math.abs(step) <= watchStep && isSoon;
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
