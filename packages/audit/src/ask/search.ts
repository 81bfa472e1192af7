import type { LogFilter, Scope } from "./filter.ts";

/** Places from `first` to before `end`. */
export interface PlaceRange {
  readonly first: number;
  readonly end: number;
  /** Moments between which they were recorded, both included, where that is known: microseconds since 1970. */
  readonly since?: string;
  readonly until?: string;
}

/** After every place. */
export const NO_END: number = Number.MAX_SAFE_INTEGER;

/** Where records stand: the log, and what outlived its month. */
export type LogTable = "log_record" | "log_kept";

/** What is looked for, with everything resolved that takes a question of its own. */
export interface Search {
  readonly filter: LogFilter;
  /** The subject's pseudonyms under every key. */
  readonly pseudonyms: readonly string[];
  /** Who acted in the session that is asked for. */
  readonly sessionActors: readonly string[];
  readonly within: Scope | undefined;
  readonly places: PlaceRange;
  readonly limit: number;
  readonly order: "newest" | "oldest";
}

/** Adds a value. @returns the parameter that stands for it, brought to its type */
export type Bind = (value: string, type: "text" | "text[]" | "bigint" | "int" | "uuid[]") => string;
