import { type LogFilter, queryInvalid, readFilter } from "../ask/filter.ts";
import { HOUR_MS, PAST_STRETCHES, type Stretch } from "./charts.ts";
import { startOfDay } from "./korea.ts";

const DAY_MS = 86_400_000;
/** Unless a filter says another. */
const CHART_DAYS = 30;
const MOST_DAYS = 400;

/**
 * The stretch of time a chart is of: whole hours, those of a filter's moments included.
 *
 * @param now - UTC milliseconds
 * @throws GarimError `ERR_GARIM_QUERY_INVALID` where it is longer than a chart can be
 */
export function readStretch(filter: LogFilter, now: number): Stretch {
  const given = readFilter(filter);
  const to = Math.ceil((given.to ?? now + 1) / HOUR_MS) * HOUR_MS;
  const first = given.from ?? startOfDay(to - (CHART_DAYS - 1) * DAY_MS - 1);
  const from = Math.floor(first / HOUR_MS) * HOUR_MS;
  if (to - from > MOST_DAYS * DAY_MS || to <= from)
    throw queryInvalid(`A chart is of at most ${MOST_DAYS} days, from before to; write from and to`);
  return { from, to };
}

/** All the stretches that one is compared with. */
export function beforeOf({ from, to }: Stretch): Stretch {
  return { from: Math.max(0, from - PAST_STRETCHES * (to - from)), to: from };
}
