/** How often each name was met. */
export interface Tallied {
  /** Most frequent first; equal ones by name. */
  readonly names: readonly { readonly name: string; readonly answers: number }[];
  /** Answers of names beyond the first {@link MOST_NAMES}. */
  readonly others: number;
}

/** Names that are told apart. */
const MOST_NAMES = 1_000;

/** Counts names in bounded memory. */
export class NameTally {
  readonly #counts = new Map<string, number>();
  #others = 0;

  add(name: string | null | undefined): void {
    if (name === null || name === undefined) return;
    const count = this.#counts.get(name);
    if (count === undefined && this.#counts.size === MOST_NAMES) this.#others++;
    else this.#counts.set(name, (count ?? 0) + 1);
  }

  tallied(): Tallied {
    const names = [...this.#counts].map(([name, answers]) => ({ name, answers }));
    return {
      names: names.toSorted((a, b) => b.answers - a.answers || (a.name < b.name ? -1 : 1)),
      others: this.#others,
    };
  }
}
