export interface LruOptions<V> {
  /** Entries held at the most. */
  readonly max: number;
  /** What the sizes of all entries may come to; each counts 1 where nobody says otherwise. */
  readonly maxSize?: number;
  /** Asked once, when an entry is set. */
  sizeCalculation?(value: V): number;
  /** Told of every value that is held no longer: replaced by another, deleted, or the one that was used longest ago when it grew too full. */
  dispose?(value: V): void;
}

interface Held<V> {
  readonly value: V;
  readonly size: number;
}

/**
 * Memory with a bound: what was used longest ago goes first. A `Map` keeps its entries in the order they were set, so that what is used
 * is set again; it takes no room for entries that are not there.
 */
export class LruCache<K, V extends NonNullable<unknown>> implements Iterable<readonly [K, V]> {
  readonly #options: LruOptions<V>;
  readonly #held = new Map<K, Held<V>>();
  #size = 0;

  constructor(options: LruOptions<V>) {
    this.#options = options;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#held.size;
  }

  /** Counts as a use. */
  get(key: K): V | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.value;
  }

  /** Counts as no use. */
  peek(key: K): V | undefined {
    return this.#held.get(key)?.value;
  }

  has(key: K): boolean {
    return this.#held.has(key);
  }

  /** One that is larger than all may be is not kept. */
  set(key: K, value: V): void {
    const { max, maxSize = max, sizeCalculation, dispose } = this.#options;
    const size = sizeCalculation?.(value) ?? 1;
    if (size > maxSize) {
      this.delete(key);
      return;
    }
    const before = this.#take(key);
    this.#held.set(key, { value, size });
    this.#size += size;
    if (before !== undefined && before !== value) dispose?.(before);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= max && this.#size <= maxSize) return;
      this.delete(oldest);
    }
  }

  delete(key: K): boolean {
    const value = this.#take(key);
    if (value === undefined) return false;
    this.#options.dispose?.(value);
    return true;
  }

  clear(): void {
    for (const key of this.#held.keys()) this.delete(key);
  }

  /** From what was used longest ago; deleting meanwhile is allowed. */
  *[Symbol.iterator](): IterableIterator<readonly [K, V]> {
    for (const [key, { value }] of this.#held) yield [key, value];
  }

  #take(key: K): V | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    this.#held.delete(key);
    this.#size -= held.size;
    return held.value;
  }
}
