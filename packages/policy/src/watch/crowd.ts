import type { Policy } from "../policy.ts";
import { dayOf } from "./moment-bucket.ts";
import type { WatchEvent } from "./watch-event.ts";

/** How many accounts one key, or one network, reads for in a day, and how little of each. */
export class Crowd {
  #day = -1;
  #accounts = new Set<string>();
  #records = 0;

  /**
   * Shops that share an office work with whole lists: they are shown more of each account.
   *
   * @returns how many accounts, where they are many and each is shown next to nothing; `null` where it looks as usual
   */
  add({ at, account, records }: WatchEvent, { watchUsers, watchEachRecords }: Policy): number | null {
    const day = dayOf(at);
    if (day !== this.#day) {
      this.#day = day;
      this.#accounts = new Set();
      this.#records = 0;
    }
    this.#accounts.add(account);
    this.#records += records;
    const { size } = this.#accounts;
    return size > watchUsers && this.#records <= watchEachRecords * size ? size : null;
  }

  /** Failures are of somebody who tries names: each counts, though nothing is shown. */
  get accounts(): number {
    return this.#accounts.size;
  }
}
