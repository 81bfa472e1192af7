import { addMonths } from "@garim/policy";
import { queryInvalid } from "../ask/filter.ts";

/** A calendar month of Korea that is reviewed, and those before it that it is compared with. UTC milliseconds. */
export interface ReviewMonth {
  /** As `2026-11`. */
  readonly month: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Where the compared months begin, oldest first; the last of them ends at `from`. */
  readonly past: readonly number[];
}

/** Months that a month is compared with (ours). */
const PAST_MONTHS = 3;

/**
 * Reads a month.
 *
 * @param now - UTC milliseconds: a month that is not over cannot be reviewed
 * @throws GarimError `ERR_GARIM_QUERY_INVALID`
 */
export function readReviewMonth(month: string, now: number): ReviewMonth {
  const from = /^20\d{2}-(?:0[1-9]|1[0-2])$/.test(month) ? Date.parse(`${month}-01T00:00+09:00`) : Number.NaN;
  if (Number.isNaN(from)) throw queryInvalid("A review is of a month; write it as 2026-11");
  const to = addMonths(from, 1);
  if (now < to) throw queryInvalid(`${month} is not over in Korea yet; review it when it is`);
  const past = Array.from({ length: PAST_MONTHS }, (_, i) => addMonths(from, i - PAST_MONTHS));
  return { month, from, to, past };
}
