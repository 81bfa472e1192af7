import { SUBJECT_TYPES, type SubjectType } from "@garim/policy";
import type { LoggedSubject } from "../access.ts";
import type { CountRange, KeyedCount, TypedCount } from "./breach-scope.ts";
import { SubjectTable } from "./subject-table.ts";

/** How much of a subject was shown; several answers add up. */
export const SHOWN = { withheld: 1, masked: 2, clear: 4 } as const;

export type Shown = keyof typeof SHOWN;

/** An order of which no person is on record stands for one. */
type Domain = SubjectType | "alone";

/** Counts data subjects, each once, in bounded memory. */
export class SubjectTally {
  readonly #limit: number;
  readonly #tables = new Map<Domain, Map<string, SubjectTable>>();
  #size = 0;
  #isFull = false;

  /** @param limit - pseudonyms held at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Pseudonyms held. */
  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  /** Counts the subjects of one record of an answer. */
  add(subjects: readonly LoggedSubject[], shown: Shown): void {
    const isAlone = subjects.every(({ type }) => type === "order");
    for (const { type, keyId, hex } of subjects) {
      this.#mark(type, keyId, hex, SHOWN[shown]);
      if (isAlone) this.#mark("alone", keyId, hex, SHOWN[shown]);
    }
  }

  /** Whether anything of whom the pseudonym names was shown. */
  isConcerned(hex: string): boolean {
    return [...this.#tables.values()].some((keys) =>
      [...keys.values()].some((table) => isShown(table.marksOf(hex))),
    );
  }

  counts(): readonly TypedCount[] {
    return SUBJECT_TYPES.flatMap((type) => {
      const keys = this.#countKeys(type);
      return keys.length === 0 ? [] : [{ type, ...rangeOf(keys), keys }];
    });
  }

  people(): CountRange {
    const [buyers, phones, alone] = (["buyer", "phone", "alone"] as const).map((domain) =>
      rangeOf(this.#countKeys(domain)),
    ) as [CountRange, CountRange, CountRange];
    return {
      least: Math.max(buyers.least, phones.least, alone.least),
      most: buyers.most + phones.most + alone.most,
    };
  }

  #mark(domain: Domain, keyId: string, hex: string, marks: number): void {
    const table = this.#tableOf(domain, keyId);
    if (this.#size >= this.#limit && table.marksOf(hex) === 0) this.#isFull = true;
    else if (table.mark(hex, marks)) this.#size++;
  }

  #tableOf(domain: Domain, keyId: string): SubjectTable {
    const keys = this.#tables.get(domain) ?? new Map<string, SubjectTable>();
    this.#tables.set(domain, keys);
    const table = keys.get(keyId) ?? new SubjectTable();
    keys.set(keyId, table);
    return table;
  }

  #countKeys(domain: Domain): readonly KeyedCount[] {
    return [...(this.#tables.get(domain) ?? [])].map(([keyId, table]) => ({
      keyId,
      clear: table.count((marks) => (marks & SHOWN.clear) !== 0),
      masked: table.count((marks) => (marks & SHOWN.clear) === 0 && isShown(marks)),
      withheld: table.count((marks) => !isShown(marks)),
    }));
  }
}

function isShown(marks: number): boolean {
  return (marks & (SHOWN.clear | SHOWN.masked)) !== 0;
}

function rangeOf(keys: readonly KeyedCount[]): CountRange {
  const shown = keys.map(({ clear, masked }) => clear + masked);
  return { least: Math.max(0, ...shown), most: shown.reduce((sum, count) => sum + count, 0) };
}
