import { hash } from "node:crypto";
import type { Subject } from "@garim/policy";

/** Slots a table begins with; a power of two. */
const FIRST_SLOTS = 1_024;
const MOST_FILLED = 0.7;

/** Counts different texts by 52 bits of their hash, 8 bytes each: a million fit where a Set of texts would take 100 MB. */
class HashTable {
  #slots = new Float64Array(FIRST_SLOTS);
  size = 0;

  add(text: string): void {
    // 0 marks a free slot.
    const value = Number.parseInt(hash("sha256", text).slice(0, 13), 16) + 1;
    if (!put(this.#slots, value)) return;
    this.size++;
    if (this.size > this.#slots.length * MOST_FILLED) this.#grow();
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const value of this.#slots) if (value !== 0) put(larger, value);
    this.#slots = larger;
  }
}

/** @returns whether it was not there */
function put(slots: Float64Array, value: number): boolean {
  const mask = slots.length - 1;
  for (let at = value % slots.length; ; at = (at + 1) & mask) {
    if (slots[at] === value) return false;
    if (slots[at] !== 0) continue;
    slots[at] = value;
    return true;
  }
}

/**
 * Counts the data subjects of a file: of buyers, phones and orders the type with the most, for one person is named by several. Two
 * in 2^52 may be taken for one.
 */
export class SubjectCount {
  readonly #tables = new Map<Subject["type"], HashTable>();

  add({ type, id }: Subject): void {
    const table = this.#tables.get(type) ?? new HashTable();
    this.#tables.set(type, table);
    table.add(id);
  }

  get count(): number {
    return Math.max(0, ...[...this.#tables.values()].map(({ size }) => size));
  }
}
