import { GarimError } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import type { Pseudonyms } from "../pseudonym.ts";
import { KEPT_ACTIONS } from "../tables/retention.ts";
import { type Found, isDamaged, readRow } from "./entry.ts";
import { type LogFilter, readFilter, readScope, type Scope } from "./filter.ts";
import { type Page, type PageRequest, readPageRequest } from "./page.ts";
import { findPlaces } from "./places.ts";
import type { LogTable, PlaceRange, Search } from "./search.ts";
import { findStatement } from "./statement.ts";

/** Rows that an iteration holds at once. */
const CHUNK = 100;

/** More than one would mean that two people had one session's name; so many are never met. */
const SESSION_ACTORS = `select distinct actor from garim.log_record
  where session = $1::text and action <> 'view' limit 100`;

/** What a search needs beside its places. */
type Prepared = Pick<Search, "filter" | "pseudonyms" | "sessionActors" | "within">;

/** Reads the log; a scope limits all that is read. */
export class LogQueries {
  readonly #database: LogDatabase;
  readonly #pseudonyms: Pseudonyms;
  readonly #within: Scope | undefined;

  constructor(database: LogDatabase, pseudonyms: Pseudonyms, within?: Scope) {
    this.#database = database;
    this.#pseudonyms = pseudonyms;
    this.#within = within;
  }

  within(scope: Scope): LogQueries {
    const read = readScope(scope);
    // Who may see one seller may not look at another by asking again.
    if (this.#within !== undefined && this.#within.sellerId !== read.sellerId)
      return new LogQueries(NOWHERE, this.#pseudonyms, this.#within);
    return new LogQueries(this.#database, this.#pseudonyms, read);
  }

  async find(filter: LogFilter, page?: PageRequest): Promise<Page> {
    const { before, limit } = readPageRequest(page);
    const read = readFilter(filter);
    const places = hasWindow(read) ? await this.#findPlaces(read) : EVERYWHERE;
    const search = await this.#prepare(read);
    // One more than asked for tells whether another page follows.
    const found = await this.#search({
      ...search,
      places: { first: places.first, end: Math.min(places.end, before) },
      limit: limit + 1,
      order: "newest",
    });
    return pageOf(found.slice(0, limit), found.length > limit);
  }

  async *walk(filter: LogFilter): AsyncIterable<Found> {
    const read = readFilter(filter);
    const places = await this.#findPlaces(read);
    const search = await this.#prepare(read);
    for (let first = places.first; first < places.end; ) {
      const range: PlaceRange = { first, end: places.end };
      const found = await this.#search({ ...search, places: range, limit: CHUNK, order: "oldest" });
      yield* found;
      if (found.length < CHUNK) return;
      first = (found.at(-1)?.seq ?? places.end) + 1;
    }
  }

  #findPlaces(filter: LogFilter): Promise<PlaceRange> {
    return this.#run(() => findPlaces(this.#database, filter));
  }

  async #prepare(filter: LogFilter): Promise<Prepared> {
    const { subject, session } = filter;
    return {
      filter,
      within: this.#within,
      pseudonyms: subject === undefined ? [] : this.#pseudonyms.everyPseudonym(subject),
      sessionActors: session === undefined ? [] : await this.#findSessionActors(session),
    };
  }

  async #findSessionActors(session: string): Promise<readonly string[]> {
    const rows = await this.#run(() => queryTexts(this.#database, SESSION_ACTORS, [session]));
    return rows.map((row) => row["actor"] ?? "");
  }

  /** The log first: a month that is destroyed meanwhile is met twice rather than not at all. */
  async #search(search: Search): Promise<readonly Found[]> {
    if (search.places.first >= search.places.end) return [];
    const found = await this.#searchIn("log_record", search);
    const kept = mayBeKept(search.filter) ? await this.#searchIn("log_kept", search) : [];
    return kept.length === 0 ? found : mergePlaces(found, kept, search);
  }

  async #searchIn(table: LogTable, search: Search): Promise<readonly Found[]> {
    const statement = findStatement(search, table);
    if (statement === undefined) return [];
    const rows = await this.#run(() => queryTexts(this.#database, statement.text, statement.values));
    return rows.map(readRow);
  }

  async #run<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw new GarimError(
        "ERR_GARIM_LOG_UNAVAILABLE",
        "The access log cannot be read: its database fails (see cause); check that it runs and lets this user read the schema garim",
        error,
      );
    }
  }
}

const EVERYWHERE: PlaceRange = { first: 1, end: Number.MAX_SAFE_INTEGER };

function hasWindow({ from, to }: LogFilter): boolean {
  return from !== undefined || to !== undefined;
}

/** Whether what is asked for can have outlived its month. */
function mayBeKept({ actions }: LogFilter): boolean {
  return actions === undefined || actions.some((action) => KEPT_ACTIONS.includes(action));
}

function mergePlaces(
  found: readonly Found[],
  kept: readonly Found[],
  { order, limit }: Pick<Search, "order" | "limit">,
): readonly Found[] {
  const all = [...new Map([...kept, ...found].map((one) => [one.seq, one])).values()];
  const sign = order === "newest" ? -1 : 1;
  return all.toSorted((one, other) => sign * (one.seq - other.seq)).slice(0, limit);
}

const NOWHERE: LogDatabase = { query: () => Promise.resolve({ rows: [] satisfies TextRow[] }) };

function pageOf(found: readonly Found[], hasMore: boolean): Page {
  const damaged = found.filter(isDamaged);
  const entries = found.filter((one): one is LogEntry => !isDamaged(one));
  return { entries, damaged, next: hasMore ? (found.at(-1)?.seq ?? null) : null };
}
