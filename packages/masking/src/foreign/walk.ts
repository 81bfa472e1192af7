import { tooLarge, undeclarable } from "../schema/error.ts";

/** Parts of a schema read at most: each place where a shared part is used counts. */
const MOST_PARTS = 100_000;

/** Parts that may be open at once. */
const MOST_LEVELS = 512;

/** The way through a library's schema: what holds itself, or shares itself without bound, has no shape. */
export class Walk {
  readonly #open = new Set<object>();
  #parts = 0;

  /**
   * Reads what is inside of parts.
   *
   * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` where one of them is being read already
   */
  inside<T>(parts: readonly object[], path: string, read: () => T): T {
    const fresh = new Set(parts);
    for (const part of fresh) this.#enter(part, path);
    try {
      return read();
    } finally {
      for (const part of fresh) this.#open.delete(part);
    }
  }

  #enter(part: object, path: string): void {
    if (this.#open.has(part))
      throw undeclarable(path, "holds itself", "declare only the levels that are answered, each by its own");
    this.#open.add(part);
    if (++this.#parts > MOST_PARTS || this.#open.size > MOST_LEVELS)
      throw tooLarge(path, "too many levels or members");
  }
}
