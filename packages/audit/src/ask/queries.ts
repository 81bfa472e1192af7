import { GarimError } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import type { Counted } from "../chart/hour-count.ts";
import { isCountedAhead, readCounts } from "../chart/read-counts.ts";
import { MOST_COUNTED, tallyHours } from "../chart/tally-hours.ts";
import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import { KEPT_ACTIONS } from "../lasting-actions.ts";
import type { Pseudonyms } from "../pseudonym.ts";
import { type Found, isDamaged, readRow } from "./entry.ts";
import { type LogFilter, readFilter, readScope, type Scope } from "./filter.ts";
import { type Page, type PageRequest, readPageRequest } from "./page.ts";
import { findPlaces } from "./places.ts";
import { type LogTable, NO_END, type PlaceRange, type Search } from "./search.ts";
import {
  findStatement,
  hoursStatement,
  MOST_OF_RARE,
  placesStatement,
  type RecordPlace,
  rareStatement,
  recordsStatement,
  type Statement,
} from "./statement.ts";
import { needsSessionActors } from "./way.ts";
import { findEdges, windowsOf } from "./windows.ts";

/** Records that an iteration holds at once. */
const CHUNK = 100;
/** Places that it knows ahead. Of whom it was about many: their index knows no order, and gives all of them each time. */
const PLACES = 1_000;
const PLACES_OF_SUBJECT = 10_000;

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
    const { first, end } = hasWindow(read) ? await this.#findPlaces(read) : EVERYWHERE;
    const prepared = await this.#prepare(read);
    const places = { first, end: Math.min(end, before) };
    // One more than asked for tells whether another page follows.
    const found = await this.#findNewest({ ...prepared, places, limit: limit + 1, order: "newest" });
    return pageOf(found.slice(0, limit), found.length > limit);
  }

  async *walk(filter: LogFilter): AsyncIterable<Found> {
    const read = readFilter(filter);
    const places = await this.#findPlaces(read);
    const limit = read.subject === undefined ? PLACES : PLACES_OF_SUBJECT;
    const search = { ...(await this.#prepare(read)), limit, order: "oldest" } as const;
    for (let first = places.first; first < places.end; ) {
      const there = await this.#searchPlaces({ ...search, places: { first, end: places.end } });
      for (let i = 0; i < there.length; i += CHUNK) yield* await this.#readRecords(there.slice(i, i + CHUNK));
      if (there.length < limit) return;
      first = Number(there.at(-1)?.seq ?? places.end) + 1;
    }
  }

  async count(filter: LogFilter, before: number = EVERYWHERE.end): Promise<Counted> {
    const read = readFilter(filter);
    const { from = 0, to = Number.MAX_SAFE_INTEGER } = read;
    // Nothing but what is counted already narrows it.
    if (this.#within === undefined && isCountedAhead(read))
      return this.#run(() => readCounts(this.#database, { ...read, from, to }, before));
    const { first, end } = await this.#findPlaces(read);
    const places = { first, end: Math.min(end, before) };
    if (places.first >= places.end) return tallyHours([], from);
    const search = { ...(await this.#prepare(read)), places, limit: MOST_COUNTED, order: "newest" } as const;
    const rows = await this.#ask(hoursStatement(search, "log_record"));
    const kept = mayBeKept(read) ? await this.#ask(hoursStatement(search, "log_kept")) : [];
    return tallyHours([...rows, ...kept], from, MOST_COUNTED);
  }

  /**
   * A page, from the end of the log backwards. Whom a record was about is told by an index that knows no order: of a stretch all of them are
   * read who are met rarely, and of the others less and less of it.
   */
  async #findNewest(search: Search): Promise<readonly Found[]> {
    if (search.filter.subject === undefined) return this.#search(search);
    const edges = await this.#run(() => findEdges(this.#database, search.places));
    const ofOften = (part: Search) =>
      this.#collect(part, windowsOf(part.places, edges), (one) => this.#search(one));
    const stretches = windowsOf(search.places, edges.slice(1));
    return this.#collect(
      search,
      stretches,
      async (part) => (await this.#findOfRare(part)) ?? (await ofOften(part)),
    );
  }

  /** Goes from range to range until the page is full. */
  async #collect(
    search: Search,
    ranges: readonly PlaceRange[],
    find: (part: Search) => Promise<readonly Found[]>,
  ): Promise<readonly Found[]> {
    const found: Found[] = [];
    for (const places of ranges) {
      found.push(...(await find({ ...search, places, limit: search.limit - found.length })));
      if (found.length >= search.limit) break;
    }
    return found;
  }

  #findPlaces(filter: LogFilter): Promise<PlaceRange> {
    return this.#run(() => findPlaces(this.#database, filter));
  }

  async #prepare(filter: LogFilter): Promise<Prepared> {
    const { subject, session = "" } = filter;
    return {
      filter,
      within: this.#within,
      pseudonyms: subject === undefined ? [] : this.#pseudonyms.everyPseudonym(subject),
      sessionActors: needsSessionActors(filter) ? await this.#findSessionActors(session) : [],
    };
  }

  async #findSessionActors(session: string): Promise<readonly string[]> {
    const rows = await this.#run(() => queryTexts(this.#database, SESSION_ACTORS, [session]));
    return rows.map((row) => row["actor"] ?? "");
  }

  /** The log first: a month that is destroyed meanwhile is met twice rather than not at all. */
  async #search(search: Search): Promise<readonly Found[]> {
    if (search.places.first >= search.places.end) return [];
    return this.#withKept(await this.#searchIn("log_record", search), search);
  }

  async #withKept(found: readonly Found[], search: Search): Promise<readonly Found[]> {
    const kept = mayBeKept(search.filter) ? await this.#searchIn("log_kept", search) : [];
    return kept.length === 0 ? found : mergePlaces(found, kept, search);
  }

  /** @returns `undefined` where the subject is met too often */
  async #findOfRare(search: Search): Promise<readonly Found[] | undefined> {
    const rows = await this.#ask(rareStatement(search, "log_record"));
    if (Number(rows[0]?.["met"] ?? 0) >= MOST_OF_RARE) return undefined;
    return this.#withKept(rows.filter((row) => row["seq"] !== null).map(readRow), search);
  }

  async #searchIn(table: LogTable, search: Search): Promise<readonly Found[]> {
    return (await this.#ask(findStatement(search, table))).map(readRow);
  }

  async #searchPlaces(search: Search): Promise<readonly RecordPlace[]> {
    const found = await this.#ask(placesStatement(search, "log_record"));
    const kept = mayBeKept(search.filter) ? await this.#ask(placesStatement(search, "log_kept")) : [];
    const places = [...found, ...kept].map(({ seq, micros }) => ({ seq: seq ?? "", micros: micros ?? "" }));
    return kept.length === 0 ? places : inOrder(places).slice(0, search.limit);
  }

  /** What is not there any more outlived its month, or was destroyed with it. */
  async #readRecords(places: readonly RecordPlace[]): Promise<readonly Found[]> {
    const found = (await this.#ask(recordsStatement(places, "log_record"))).map(readRow);
    if (found.length >= places.length) return found;
    const kept = (await this.#ask(recordsStatement(places, "log_kept"))).map(readRow);
    return mergePlaces(found, kept, { order: "oldest", limit: places.length });
  }

  async #ask(statement: Statement | undefined): Promise<readonly TextRow[]> {
    if (statement === undefined) return [];
    return this.#run(() => queryTexts(this.#database, statement.text, statement.values));
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

const EVERYWHERE: PlaceRange = { first: 1, end: NO_END };

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

/** Each place once, oldest first. */
function inOrder(places: readonly RecordPlace[]): readonly RecordPlace[] {
  const once = [...new Map(places.map((place) => [`${place.seq} ${place.micros}`, place])).values()];
  return once.toSorted((one, other) => Number(one.seq) - Number(other.seq));
}

const NOWHERE: LogDatabase = { query: () => Promise.resolve({ rows: [] satisfies TextRow[] }) };

function pageOf(found: readonly Found[], hasMore: boolean): Page {
  const damaged = found.filter(isDamaged);
  const entries = found.filter((one): one is LogEntry => !isDamaged(one));
  return { entries, damaged, next: hasMore ? (found.at(-1)?.seq ?? null) : null };
}
