import { plainArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import type { PlaceRange } from "./search.ts";

/** Where the log is parted for a page, in places from its end: the last of these parts it into stretches, the others into less. */
const WIDTHS: readonly number[] = [131_072, 2_228_224];

/** Where a window begins: the first place of a batch, and its moment in microseconds since 1970. */
export interface WindowEdge {
  readonly first: number;
  readonly micros: string;
}

/** The last one is where a month of the log begins: an index is one month's, and half of what it finds would be read for nothing. */
const EDGES = `select s.first_seq::text as first, (extract(epoch from s.recorded_at) * 1000000)::bigint::text as micros
  from unnest($2::text::bigint[]) with ordinality as w (width, no)
  cross join lateral (
    select recorded_at from garim.log_batch
      where first_seq <= least($1::text::bigint, (select first_seq + size from garim.log_batch order by no desc limit 1)) - w.width
      order by first_seq desc limit 1
  ) e cross join lateral (
    select first_seq, recorded_at from garim.log_batch
      where recorded_at >= case w.no when ${WIDTHS.length} then date_trunc('month', e.recorded_at, 'UTC') else e.recorded_at end
      order by recorded_at, first_seq limit 1
  ) s order by w.no`;

/** Finds where the windows before a place begin, the last first; none where the log is shorter. */
export async function findEdges(database: LogDatabase, { end }: PlaceRange): Promise<readonly WindowEdge[]> {
  const rows = await queryTexts(database, EDGES, [String(end), plainArray(WIDTHS.map(String))]);
  return rows.map(({ first, micros }) => ({ first: Number(first), micros: micros ?? "" }));
}

/**
 * Ranges that together are these places, the last first. The index of whom it was about knows no order: of somebody who is met
 * everywhere, all of it would be read for one page. Moments never go back from place to place, so that each range is one of time too, and
 * only its months are looked into.
 */
export function windowsOf(places: PlaceRange, edges: readonly WindowEdge[]): readonly PlaceRange[] {
  const ranges: PlaceRange[] = [];
  let rest = places;
  for (const { first, micros } of edges) {
    if (first <= places.first || first >= rest.end) continue;
    ranges.push({ ...rest, first, since: micros });
    rest = { ...places, end: first, until: micros };
  }
  return [...ranges, rest];
}
