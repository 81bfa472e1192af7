import { GarimError, nearest } from "@garim/policy";
import type { Counted } from "../chart/hour-count.ts";
import type { LogDatabase } from "../database.ts";
import { type PseudonymKeys, Pseudonyms } from "../pseudonym.ts";
import { LOG_VERSION, readLogVersion } from "../tables/migration.ts";
import type { Found } from "./entry.ts";
import type { LogFilter, Scope } from "./filter.ts";
import type { Page, PageRequest } from "./page.ts";
import { LogQueries } from "./queries.ts";

/** Answers questions of the log. Nothing it does is on record by itself: whoever answers a person uses an `AuditorDesk`. */
export interface LogReader {
  /**
   * Finds records, newest first.
   *
   * @throws GarimError `ERR_GARIM_QUERY_INVALID` (what is wrong and what to write), `ERR_GARIM_LOG_UNAVAILABLE`
   */
  find(filter: LogFilter, page?: PageRequest): Promise<Page>;

  /** Every record a filter finds of those that are there now, oldest first, in constant memory. Throws as `find` does. */
  walk(filter: LogFilter): AsyncIterable<Found>;

  /**
   * Counts records by the hour, for charts. What is not narrowed further than by kind, action and outcome is counted however much it
   * is; of anything else the newest 30,000 records, from `since` on. Whole hours are counted: `from` and `to` are theirs.
   *
   * Throws as `find` does.
   *
   * @param before - only records before this place, exclusive: a question is no answer to itself
   */
  count(filter: LogFilter, before?: number): Promise<Counted>;

  /** The same log, of which only one seller's records are found. */
  within(scope: Scope): LogReader;
}

export interface LogReaderOptions {
  /** A `pg` Pool or a PGlite; it may be read-only. */
  readonly database: LogDatabase;
  readonly keys: PseudonymKeys;
  /** UTC milliseconds, for keys that change with the month; the computer's clock unless given. */
  readonly clock?: () => number;
}

const NAMES: readonly string[] = ["database", "keys", "clock"];

/**
 * Opens an access log to be read. Changes nothing in the database and needs no right but to read it.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`,
 *   `ERR_GARIM_DATABASE` (does not answer), `ERR_GARIM_SCHEMA_VERSION` (no log there, or one of another version)
 */
export async function createLogReader(options: LogReaderOptions): Promise<LogReader> {
  checkOptions(options);
  const pseudonyms = new Pseudonyms(options.keys, options.clock);
  const version = await readVersion(options.database);
  if (version !== LOG_VERSION) throw wrongVersion(version);
  return new LogQueries(options.database, pseudonyms);
}

async function readVersion(database: LogDatabase): Promise<number> {
  try {
    return await readLogVersion(database);
  } catch (error) {
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      "The database of the access log does not answer, or does not let this user read the schema garim; see cause",
      error,
    );
  }
}

function wrongVersion(version: number): GarimError {
  const wanted =
    version === 0
      ? "there is none; give the database of the log, or make one with createAccessLog"
      : `it has version ${version}; read it with the @garim/audit that made it, or bring it forward with createAccessLog`;
  return new GarimError(
    "ERR_GARIM_SCHEMA_VERSION",
    `This @garim/audit reads access logs of version ${LOG_VERSION}, and in this database ${wanted}`,
  );
}

function checkOptions({ database, keys, clock, ...rest }: LogReaderOptions): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw unknownOption(unknown);
  if (typeof database?.query !== "function")
    throw invalid("database", "a pg Pool or a PGlite; write database: new Pool({ connectionString })");
  if (typeof keys?.all !== "function")
    throw invalid("keys", "a source of keys; write keys: { all: () => [{ id, key }] }");
  if (clock !== undefined && typeof clock !== "function") throw invalid("clock", "a function");
}

function unknownOption(name: string): GarimError {
  const hint = nearest(name, NAMES);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `createLogReader has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${NAMES.join(", ")}`,
  );
}

function invalid(name: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `createLogReader: ${name} must be ${wanted}`);
}
