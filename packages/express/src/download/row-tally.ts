import type { KindSet, Reason } from "@garim/policy";
import { SubjectCount } from "./distinct.ts";
import type { DownloadCounts } from "./ledger/entry.ts";
import { type JudgedPage, maskReason } from "./page.ts";
import type { ToldRows } from "./summary.ts";

/** Counts the rows of a file as they are judged: those in it, those masked, those left out, and whose they are. */
export class RowTally {
  readonly #kinds: KindSet;
  readonly #subjects = new SubjectCount();
  readonly #masked = new Map<Reason, number>();
  readonly #withheld = new Map<Reason, number>();
  rows = 0;

  /** @param kinds - of the chosen fields */
  constructor(kinds: KindSet) {
    this.#kinds = kinds;
  }

  add({ disclosed: { records } }: JudgedPage): void {
    for (const { disclosure, subjects } of records) {
      for (const subject of subjects) this.#subjects.add(subject);
      const isLeftOut = disclosure.kind === "withhold";
      if (!isLeftOut) this.rows++;
      const reason = maskReason(disclosure, this.#kinds);
      if (reason !== null) increase(isLeftOut ? this.#withheld : this.#masked, reason);
    }
  }

  counts(): DownloadCounts {
    return {
      rows: this.rows,
      masked: sum(this.#masked),
      withheld: sum(this.#withheld),
      subjects: this.#subjects.count,
    };
  }

  /** For the first sheet: how many of each, and why. */
  told(): ToldRows {
    return { masked: this.#masked, withheld: this.#withheld, counts: this.counts() };
  }
}

function increase(counts: Map<Reason, number>, reason: Reason): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<Reason, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
