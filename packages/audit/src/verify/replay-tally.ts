import type { Damage } from "./damage.ts";
import type { Difference, RangeReport, Unknown } from "./range.ts";
import type { Verdict } from "./verdict.ts";

/** More are of no use to anybody. */
const MOST = 10_000;

/** What making all decisions again told. */
export class ReplayTally {
  #decisions = 0;
  #observed = 0;
  readonly #differences: Difference[] = [];
  readonly #unknown: Unknown[] = [];

  add({ replayed }: Pick<RangeReport, "replayed">): void {
    if (replayed === undefined) return;
    this.#decisions += replayed.decisions;
    this.#observed += replayed.observed;
    this.#differences.push(...replayed.differences.slice(0, MOST - this.#differences.length));
    this.#unknown.push(...replayed.unknown.slice(0, MOST - this.#unknown.length));
  }

  get state(): NonNullable<Verdict["replay"]> {
    return {
      decisions: this.#decisions,
      observed: this.#observed,
      differences: [...this.#differences],
      unknown: [...this.#unknown],
    };
  }

  /** What a record decides that is not what was recorded says nothing. */
  without(damages: readonly Damage[]): NonNullable<Verdict["replay"]> {
    const isBad = ({ seq }: { readonly seq: number }): boolean =>
      damages.some((damage) => seq >= damage.seq && seq <= damage.last);
    return { ...this.state, differences: this.#differences.filter((one) => !isBad(one)) };
  }
}
