/** A record as the copy outside knows it. */
export interface Expected {
  readonly place: number;
  /** Any text that is equal where the hashes are. */
  readonly leaf: string;
}

/** A record as the database has it. */
export interface Found {
  readonly seq: number;
  readonly leaf: string;
}

/** What the comparison of the two sequences tells, in order. */
export interface AlignListener<E extends Expected, F extends Found> {
  /** The record is there. */
  matched(expected: E, found: F): void;
  /** Another record stands in its place. */
  replaced(expected: E, found: F): void;
  /** It is not where it was. */
  lost(expected: E): void;
  /** A record stands here that was not recorded here. */
  extra(found: F): void;
  /** What was lost or extra before this record was hidden: all from here on have other places than they were recorded with. */
  renumbered(expected: E, found: F): void;
  /** The record has another place, and nothing before it tells why. */
  misplaced(expected: E, found: F): void;
}

/** How far ahead a record is looked for that is not where it was. */
const WINDOW = 4_096;

/**
 * Compares two long sequences of records in one pass and bounded memory: those that were authenticated, in order of their places,
 * and those that are there, in order of theirs. After a difference it goes on at the nearest record that both have.
 */
export class Aligner<E extends Expected, F extends Found> {
  readonly #listener: AlignListener<E, F>;
  readonly #window: number;
  #expected: E[] = [];
  #found: F[] = [];
  /** By how much the records' places differ from those they were recorded with. */
  #shift = 0;
  /** Extra less lost records since the last that matched. */
  #net = 0;

  constructor(listener: AlignListener<E, F>, window: number = WINDOW) {
    this.#listener = listener;
    this.#window = window;
  }

  /** Whether nothing is left to compare and every record has the place it was recorded with. */
  get isEven(): boolean {
    return this.#expected.length === 0 && this.#found.length === 0 && this.#shift === 0 && this.#net === 0;
  }

  /** Takes the next of both; what cannot be told yet waits for more. */
  push(expected: readonly E[], found: readonly F[]): void {
    this.#expected = this.#expected.concat(expected);
    this.#found = this.#found.concat(found);
    this.#run(false);
  }

  /**
   * Ends the comparison.
   *
   * @param last - the last place that was authenticated
   * @returns the found records that stand after it
   */
  finish(last: number): readonly F[] {
    this.#run(true, last);
    const rest = this.#found;
    this.#found = [];
    return rest;
  }

  #run(isEnd: boolean, last = Number.POSITIVE_INFINITY): void {
    for (;;) {
      this.#takeEqual();
      if (!isEnd && !this.#seesFarEnough() && !this.#endsEqual()) return;
      const next = this.#findNext();
      if (next !== undefined) this.#drop(next.expected, next.found);
      else if (isEnd) break;
      else this.#dropAll();
    }
    // What stands at a place that was authenticated is extra; what stands after it has its own turn.
    const within = this.#found.filter(({ seq }) => seq <= last + this.#shift).length;
    this.#drop(this.#expected.length, within);
  }

  #seesFarEnough(): boolean {
    const [least, most] = [this.#expected.length, this.#found.length].toSorted((a, b) => a - b) as [
      number,
      number,
    ];
    // A long stretch that one side has and the other has not would otherwise wait for ever.
    return least >= this.#window || (most >= 4 * this.#window && least > 0) || most >= 8 * this.#window;
  }

  /** What came so far ends with the same record on both sides, so the difference lies before it. */
  #endsEqual(): boolean {
    const last = this.#expected.at(-1);
    return last !== undefined && last.leaf === this.#found.at(-1)?.leaf;
  }

  #takeEqual(): void {
    let count = 0;
    for (;;) {
      const [expected, found] = [this.#expected[count], this.#found[count]];
      if (expected === undefined || found === undefined || expected.leaf !== found.leaf) break;
      this.#match(expected, found);
      count++;
    }
    this.#expected = this.#expected.slice(count);
    this.#found = this.#found.slice(count);
  }

  #match(expected: E, found: F): void {
    const shift = found.seq - expected.place;
    if (shift !== this.#shift) {
      if (this.#net !== 0 && shift === this.#shift + this.#net) this.#listener.renumbered(expected, found);
      else this.#listener.misplaced(expected, found);
    }
    this.#shift = shift;
    this.#net = 0;
    this.#listener.matched(expected, found);
  }

  /** How many of each must be passed over until both go on with the same record: as few as possible. */
  #findNext(): { readonly expected: number; readonly found: number } | undefined {
    const places = new Map<string, number>();
    for (const [i, { leaf }] of this.#expected.entries()) if (!places.has(leaf)) places.set(leaf, i);
    let best: { readonly expected: number; readonly found: number } | undefined;
    for (const [found, { leaf }] of this.#found.entries()) {
      const cost = best === undefined ? Number.POSITIVE_INFINITY : best.expected + best.found;
      if (found > cost) break;
      const expected = places.get(leaf);
      // Of two ways equally short: one record for another, before records lost and others gained.
      const isEvener = expected === found && found + expected === cost;
      if (expected !== undefined && (expected + found < cost || isEvener)) best = { expected, found };
    }
    return best;
  }

  #dropAll(): void {
    const count = Math.min(this.#expected.length, this.#found.length);
    if (count === 0) this.#drop(this.#expected.length, this.#found.length);
    else this.#drop(count, count);
  }

  /** Passes over records of both; those of one place were replaced. */
  #drop(expectedCount: number, foundCount: number): void {
    const expected = this.#expected.slice(0, expectedCount);
    const found = this.#found.slice(0, foundCount);
    this.#expected = this.#expected.slice(expectedCount);
    this.#found = this.#found.slice(foundCount);
    let next = 0;
    for (const one of expected) {
      const place = one.place + this.#shift;
      for (let other = found[next]; other !== undefined && other.seq < place; other = found[++next])
        this.#extra(other);
      const same = found[next];
      if (same?.seq === place) {
        this.#listener.replaced(one, same);
        next++;
      } else {
        this.#listener.lost(one);
        this.#net--;
      }
    }
    for (const other of found.slice(next)) this.#extra(other);
  }

  #extra(found: F): void {
    this.#listener.extra(found);
    this.#net++;
  }
}
