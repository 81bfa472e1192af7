import type { PiiKind, SubjectType } from "@garim/policy";
import type { RecordedFile } from "../access.ts";
import type { LogFilter } from "../ask/filter.ts";
import type { Tallied } from "./tallied.ts";

/** Which accesses a leak is of: by key, tool, staff, session, address, time, or several of them. */
export type ScopeFilter = Omit<LogFilter, "subject">;

/** How many there are at least and at most, both inclusive. */
export interface CountRange {
  readonly least: number;
  readonly most: number;
}

/** Data subjects of one type under one key: each is counted once. */
export interface KeyedCount {
  readonly keyId: string;
  /** Of whom something was shown clear. */
  readonly clear: number;
  /** Of whom everything that was shown was masked. */
  readonly masked: number;
  /** Of whom nothing was shown. They are not counted as concerned. */
  readonly withheld: number;
}

/**
 * Data subjects of one type of whom anything was shown. Each month has a key of its own, and one person's pseudonyms of two months
 * cannot be joined: at least so many as the month with the most, at most all months together.
 */
export interface TypedCount extends CountRange {
  readonly type: SubjectType;
  readonly keys: readonly KeyedCount[];
}

/** What was shown of one kind of record. */
export interface SchemaCount {
  readonly schema: string;
  readonly clear: number;
  readonly masked: number;
  readonly withheld: number;
  /** Kinds of fields that were allowed to be clear: those of them that the record has were. */
  readonly kinds: readonly PiiKind[];
}

/** A record's place and moment, UTC milliseconds. */
export interface ScopePlace {
  readonly seq: number;
  readonly at: number;
}

/** A file of buyers' data that left. */
export interface ScopeFile extends RecordedFile, ScopePlace {
  readonly actor: string;
}

/** How far a leak (유출) reaches, by the log. */
export interface BreachScope {
  readonly filter: ScopeFilter;
  /** Records of the log that were looked at. */
  readonly read: number;
  /** Answers that showed a record of somebody, and how many records. */
  readonly answers: number;
  readonly records: { readonly clear: number; readonly masked: number; readonly withheld: number };
  /** Answers that were refused: they showed nothing. */
  readonly refused: number;
  /**
   * People of whom anything was shown, recipients counted: at least the buyers or the phones, whichever are more, and at most both
   * together. An order that names neither stands for one.
   *
   * @source garim/wording
   */
  readonly people: CountRange;
  readonly subjects: readonly TypedCount[];
  readonly kinds: readonly PiiKind[];
  readonly schemas: readonly SchemaCount[];
  /** Of the answers, by the clock of who recorded them. */
  readonly first: ScopePlace | null;
  readonly last: ScopePlace | null;
  readonly sellers: Tallied;
  readonly actors: Tallied;
  readonly keys: Tallied;
  readonly sessions: Tallied;
  readonly ips: Tallied;
  /** At most a hundred, the first; `downloads` counts all. */
  readonly files: readonly ScopeFile[];
  readonly downloads: number;
  /** Records that cannot be read: their places, the first hundred, and how many. What they showed is not counted. */
  readonly damaged: { readonly count: number; readonly places: readonly number[] };
  /** Whether every subject met was counted: not where there were more than the limit, or a record is damaged. */
  readonly isWhole: boolean;
}
