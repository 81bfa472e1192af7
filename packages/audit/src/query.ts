import { GarimError, type Subject } from "@garim/policy";
import type { LogEntry } from "./access.ts";
import { plainArray } from "./array-literal.ts";
import { cleanText } from "./clean-text.ts";
import { type LogDatabase, queryTexts, type TextRow } from "./database.ts";
import type { Pseudonyms } from "./pseudonym.ts";
import { decodeRecord } from "./record/decode.ts";

/** Which part of an answer is wanted. */
export interface PageRequest {
  /** Only records before this place, exclusive: the `next` of the page before. */
  readonly before?: number;
  /** 1 to 1,000, both inclusive; 50 unless given. */
  readonly limit?: number;
}

/** Records, newest first. */
export interface Page {
  readonly entries: readonly LogEntry[];
  /** What to give as `before` for the page that follows; `null` on the last one. */
  readonly next: number | null;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;
const NEWEST = Number.MAX_SAFE_INTEGER;

const COLUMNS = `r.seq::text as seq, (extract(epoch from r.recorded_at) * 1000)::text as recorded_at,
  encode(r.body, 'hex') as body, r.subjects::text as subjects`;

/** $1: before, $2: limit. */
const LATEST = `select ${COLUMNS} from garim.log_record r
  where r.seq < $1::text::bigint order by r.seq desc limit $2::text::int`;

const BY_ACTOR = `select ${COLUMNS} from garim.log_record r
  where r.actor = $3::text and r.seq < $1::text::bigint order by r.seq desc limit $2::text::int`;

/** Materialized, so that the planner never walks the log backwards in hope of a frequent subject. */
const BY_SUBJECT = `with found as materialized (
    select seq from garim.log_record where subjects && $3::text::uuid[]
  )
  select ${COLUMNS} from garim.log_record r join found using (seq)
  where r.seq < $1::text::bigint order by r.seq desc limit $2::text::int`;

/** Reads the log: each answer is a page, newest first. */
export class LogQueries {
  readonly #database: LogDatabase;
  readonly #pseudonyms: Pseudonyms;

  constructor(database: LogDatabase, pseudonyms: Pseudonyms) {
    this.#database = database;
    this.#pseudonyms = pseudonyms;
  }

  latest(page?: PageRequest): Promise<Page> {
    return this.#read(LATEST, page);
  }

  byActor(actorId: string, page?: PageRequest): Promise<Page> {
    return this.#read(BY_ACTOR, page, cleanText(actorId));
  }

  bySubject(subject: Subject, page?: PageRequest): Promise<Page> {
    return this.#read(BY_SUBJECT, page, plainArray(this.#pseudonyms.everyPseudonym(subject)));
  }

  async #read(text: string, page: PageRequest = {}, ...values: string[]): Promise<Page> {
    const limit = checkWhole("limit", page.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
    const before = checkWhole("before", page.before ?? NEWEST, NEWEST);
    // One more than asked for tells whether another page follows.
    const rows = await this.#ask(text, [String(before), String(limit + 1), ...values]);
    const entries = rows.slice(0, limit).map(readEntry);
    return { entries, next: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null };
  }

  async #ask(text: string, values: string[]): Promise<readonly TextRow[]> {
    try {
      return await queryTexts(this.#database, text, values);
    } catch (error) {
      throw new GarimError(
        "ERR_GARIM_LOG_UNAVAILABLE",
        "The access log cannot be read: its database fails (see cause); check that it runs and lets this user read the schema garim",
        error,
      );
    }
  }
}

function checkWhole(name: "limit" | "before", value: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    name === "limit"
      ? `A page's limit must be a whole number from 1 to ${MAX_LIMIT}; write { limit: ${DEFAULT_LIMIT} }`
      : "A page's before must be the next of the page before it; leave it out for the first page",
  );
}

function readEntry(row: TextRow): LogEntry {
  const seq = Number(row["seq"]);
  try {
    const body = Buffer.from(row["body"] ?? "", "hex");
    const recorded = decodeRecord(body, readSubjects(row["subjects"] ?? "{}"));
    return { seq, recordedAt: Math.floor(Number(row["recorded_at"])), ...recorded };
  } catch (error) {
    throw new GarimError("ERR_GARIM_RECORD_INVALID", `Record ${seq} of the access log cannot be read`, error);
  }
}

/** The pseudonyms of a `uuid[]` in text form. */
function readSubjects(literal: string): readonly string[] {
  const inner = literal.slice(1, -1).replaceAll("-", "");
  return inner === "" ? [] : inner.split(",");
}
