import { ALL_KINDS, type KindSet, kindsOf, NO_KINDS } from "@garim/policy";
import type { LogEntry, LoggedDisclosure } from "../access.ts";
import { type Found, isDamaged } from "../ask/entry.ts";
import { downloadOf } from "../download-records.ts";
import { isObserved } from "../observe/observed.ts";
import type { BreachScope, SchemaCount, ScopeFile, ScopeFilter, ScopePlace } from "./breach-scope.ts";
import { type Shown, SubjectTally } from "./subject-tally.ts";
import { NameTally } from "./tallied.ts";

/** Pseudonyms counted at most: about 180 MB. Of a million data subjects by buyer, phone and order it takes three million. */
export const MOST_SUBJECTS = 5_000_000;
/** Files and damaged places that are named. */
const MOST_LISTED = 100;
const MOST_SCHEMAS = 1_000;

interface SchemaTally {
  readonly shown: Record<Shown, number>;
  kinds: KindSet;
}

/** Adds up what the records of a leak showed, one by one, in bounded memory. */
export class ScopeTally {
  readonly #filter: ScopeFilter;
  readonly #subjects: SubjectTally;
  readonly #shown: Record<Shown, number> = { clear: 0, masked: 0, withheld: 0 };
  readonly #schemas = new Map<string, SchemaTally>();
  readonly #names = {
    sellers: new NameTally(),
    actors: new NameTally(),
    keys: new NameTally(),
    sessions: new NameTally(),
    ips: new NameTally(),
  };
  readonly #files: ScopeFile[] = [];
  readonly #damaged: number[] = [];
  readonly #downloads = new Set<string>();
  #counts = { read: 0, answers: 0, refused: 0, damaged: 0 };
  #first: ScopePlace | null = null;
  #last: ScopePlace | null = null;

  constructor(filter: ScopeFilter, limit: number = MOST_SUBJECTS) {
    this.#filter = filter;
    this.#subjects = new SubjectTally(limit);
  }

  add(found: Found): void {
    this.#counts.read++;
    if (isDamaged(found)) this.#addDamaged(found.seq);
    else if (found.access.outcome === "refused") this.#counts.refused++;
    else if (found.access.records.length > 0) this.#addAnswer(found);
    else if (found.access.action === "download") this.#addFile(found);
  }

  isConcerned(hex: string): boolean {
    return this.#subjects.isConcerned(hex);
  }

  /** What is known until now, at the price of a few numbers. */
  get progress(): { readonly read: number; readonly answers: number; readonly subjects: number } {
    return { read: this.#counts.read, answers: this.#counts.answers, subjects: this.#subjects.size };
  }

  report(): BreachScope {
    const { read, answers, refused, damaged } = this.#counts;
    const schemas = [...this.#schemas].map(schemaOf);
    const clear = [...this.#schemas.values()].reduce<KindSet>((set, { kinds }) => set | kinds, NO_KINDS);
    return {
      filter: this.#filter,
      read,
      answers,
      records: { ...this.#shown },
      refused,
      people: this.#subjects.people(),
      subjects: this.#subjects.counts(),
      kinds: kindsOf(clear),
      schemas,
      first: this.#first,
      last: this.#last,
      sellers: this.#names.sellers.tallied(),
      actors: this.#names.actors.tallied(),
      keys: this.#names.keys.tallied(),
      sessions: this.#names.sessions.tallied(),
      ips: this.#names.ips.tallied(),
      files: [...this.#files],
      downloads: this.#downloads.size,
      damaged: { count: damaged, places: [...this.#damaged] },
      isWhole: !this.#subjects.isFull && damaged === 0,
    };
  }

  #addDamaged(seq: number): void {
    this.#counts.damaged++;
    if (this.#damaged.length < MOST_LISTED) this.#damaged.push(seq);
  }

  #addAnswer({ seq, access }: LogEntry): void {
    const { at, actor, session, origin, key, records, file, action } = access;
    this.#counts.answers++;
    if (this.#first === null || at < this.#first.at) this.#first = { seq, at };
    if (this.#last === null || at >= this.#last.at) this.#last = { seq, at };
    for (const record of records) this.#addRecord(isObserved(access) ? openOf(record) : record);
    this.#names.sellers.add(actor.sellerId);
    this.#names.actors.add(`${actor.kind} ${actor.id}`);
    this.#names.keys.add(key);
    this.#names.sessions.add(session);
    this.#names.ips.add(origin.ip);
    // A file has a record for each page of it, and one of the whole.
    if (action === "download") this.#downloads.add(downloadOf(access) ?? String(seq));
    if (file !== undefined) this.#addFile({ seq, access });
  }

  /** The record of a whole file names no subject: those of its pages do. */
  #addFile({ seq, access }: Pick<LogEntry, "seq" | "access">): void {
    const { at, actor, file } = access;
    if (access.action === "download") this.#downloads.add(downloadOf(access) ?? String(seq));
    if (file !== undefined && this.#files.length < MOST_LISTED)
      this.#files.push({ seq, at, actor: actor.id, ...file });
  }

  #addRecord({ schema, subjects, disclosure }: LoggedDisclosure): void {
    const shown = shownBy(disclosure);
    this.#shown[shown]++;
    this.#subjects.add(subjects, shown);
    const name = this.#schemas.size < MOST_SCHEMAS || this.#schemas.has(schema) ? schema : "…";
    const tally = this.#schemas.get(name) ?? {
      shown: { clear: 0, masked: 0, withheld: 0 },
      kinds: NO_KINDS,
    };
    tally.shown[shown]++;
    tally.kinds |= disclosure.clear;
    this.#schemas.set(name, tally);
  }
}

/** Where a decision was only observed, everything of the record left: whatever it decided, all its kinds were shown. */
function openOf(record: LoggedDisclosure): LoggedDisclosure {
  const { obligations, source, reason } = record.disclosure;
  const open = { kind: "reveal", clear: ALL_KINDS, restReason: reason, until: null } as const;
  return { ...record, disclosure: { ...open, obligations, source, reason } };
}

/** A record that reveals no kind is masked all over. */
function shownBy({ kind, clear }: LoggedDisclosure["disclosure"]): Shown {
  if (kind === "withhold") return "withheld";
  return kind === "reveal" && clear !== NO_KINDS ? "clear" : "masked";
}

function schemaOf([schema, { shown, kinds }]: readonly [string, SchemaTally]): SchemaCount {
  return { schema, ...shown, kinds: kindsOf(kinds) };
}
