import { type LogDatabase, queryTexts } from "../database.ts";
import type { LogFilter } from "./filter.ts";
import type { PlaceRange } from "./search.ts";

/** The first place of the first batch at a moment or later: two steps down indexes, for batches of one moment follow each other. */
const FIRST_SINCE = (
  moment: string,
): string => `select min(first_seq) from garim.log_batch where recorded_at = (
    select min(recorded_at) from garim.log_batch
      where recorded_at >= timestamptz '1970-01-01Z' + ${moment}::text::bigint * interval '1 millisecond')`;

/** Where the log ends now: the batch with the highest number. */
const END = "select first_seq + size from garim.log_batch order by no desc limit 1";

const PLACES = `select (${FIRST_SINCE("$1")})::text as first, (${FIRST_SINCE("$2")})::text as after, (${END})::text as "end"`;

/** A moment after every record. */
const NEVER = String(8.64e15);

/**
 * Turns a filter's moments into places: moments never go back from place to place, so a window of time is one range of them.
 *
 * @returns the places that are there now; what is recorded meanwhile is not among them
 */
export async function findPlaces(database: LogDatabase, { from, to }: LogFilter): Promise<PlaceRange> {
  const moments = [String(from ?? 0), to === undefined ? NEVER : String(to)];
  const [row] = await queryTexts(database, PLACES, moments);
  const end = Number(row?.["end"] ?? 1);
  const first = row?.["first"] ?? null;
  const after = row?.["after"] ?? null;
  return { first: first === null ? end : Number(first), end: after === null ? end : Number(after) };
}
