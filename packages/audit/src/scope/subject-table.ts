import { randomBytes } from "node:crypto";

/** Words of 32 bits in a pseudonym. */
const WORDS = 4;
/** Places of a table that holds nothing yet; a power of two, as all its sizes. */
const FIRST_CAPACITY = 1_024;

/**
 * Pseudonyms, each once, with marks. About 17 bytes a place and at most two thirds of the places taken, where a `Set` of texts
 * takes a hundred and more for each: of a million subjects it holds 36 MB.
 */
export class SubjectTable {
  /** Rows can be forged by who may write to the database, so that nobody chooses where they fall. */
  readonly #seed = randomBytes(4).readUInt32LE();
  #words = new Uint32Array(FIRST_CAPACITY * WORDS);
  #marks = new Uint8Array(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * Adds marks to a pseudonym's own.
   *
   * @param hex - 32 hex digits
   * @param marks - bits, at least one
   * @returns whether the pseudonym is new
   */
  mark(hex: string, marks: number): boolean {
    const words = wordsOf(hex);
    const place = this.#find(words);
    const isNew = this.#marks[place] === 0;
    this.#marks[place] = (this.#marks[place] ?? 0) | marks;
    if (!isNew) return false;
    this.#words.set(words, place * WORDS);
    this.#size++;
    if (this.#size * 3 > this.#marks.length * 2) this.#grow();
    return true;
  }

  /** The marks of a pseudonym; 0 where it is not there. */
  marksOf(hex: string): number {
    return this.#marks[this.#find(wordsOf(hex))] ?? 0;
  }

  /** How many pseudonyms have marks that pass. */
  count(isMeant: (marks: number) => boolean): number {
    return this.#marks.reduce((count, marks) => (marks !== 0 && isMeant(marks) ? count + 1 : count), 0);
  }

  /** Its place, or the empty one where it would stand. */
  #find(words: readonly number[]): number {
    const last = this.#marks.length - 1;
    let place = hash(words, this.#seed) & last;
    while (this.#marks[place] !== 0 && !this.#isAt(place, words)) place = (place + 1) & last;
    return place;
  }

  #isAt(place: number, words: readonly number[]): boolean {
    return words.every((word, i) => this.#words[place * WORDS + i] === word);
  }

  #grow(): void {
    const [words, marks] = [this.#words, this.#marks];
    this.#words = new Uint32Array(words.length * 2);
    this.#marks = new Uint8Array(marks.length * 2);
    marks.forEach((mark, i) => {
      if (mark === 0) return;
      const own = [...words.subarray(i * WORDS, i * WORDS + WORDS)];
      const place = this.#find(own);
      this.#words.set(own, place * WORDS);
      this.#marks[place] = mark;
    });
  }
}

function wordsOf(hex: string): readonly number[] {
  return [0, 8, 16, 24].map((from) => Number.parseInt(hex.slice(from, from + 8), 16) >>> 0);
}

function hash(words: readonly number[], seed: number): number {
  return words.reduce((sum, word) => {
    const mixed = Math.imul(sum ^ word, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }, seed);
}
