import type { AccessOutcome } from "../access.ts";

/** What came of records in an hour: how many there were, and of how many data subjects, each counted once a record. */
export interface HourCount {
  /** When the hour begins, UTC milliseconds. */
  readonly hour: number;
  readonly outcome: AccessOutcome;
  readonly records: number;
  readonly subjects: number;
}

/** What a seller tool did. */
export interface ToolCount {
  readonly tool: string;
  readonly records: number;
  readonly subjects: number;
  /** Of the records, those that were refused. */
  readonly refused: number;
}

/** What charts are made of. */
export interface Counted {
  readonly hours: readonly HourCount[];
  /** The most busy first. */
  readonly tools: readonly ToolCount[];
  /** From where on everything is counted, UTC milliseconds: later than asked for where there was more than is read at once. */
  readonly since: number;
}
