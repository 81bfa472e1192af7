import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import type { Policy } from "./policy.ts";

/** What left as files in one day, this file included. */
export interface DayVolume {
  readonly rows: number;
  /** Data subjects, counted in each file: one that is in two files counts twice. */
  readonly subjects: number;
}

/** Whose day it is: Korean time, from midnight. */
export interface DownloadVolumeFacts {
  readonly staff: DayVolume;
  readonly seller: DayVolume;
}

/**
 * Decides whether a day's downloads are still few enough for one person to decide about. Above, somebody else has to agree.
 *
 * What is no number is too much.
 *
 * @source garim/download
 */
export function decideDownloadVolume({ staff, seller }: DownloadVolumeFacts, policy: Policy): Allow | Refuse {
  const isWithin =
    staff.rows <= policy.staffDayRows &&
    staff.subjects <= policy.staffDaySubjects &&
    seller.rows <= policy.sellerDayRows &&
    seller.subjects <= policy.sellerDaySubjects;
  return isWithin ? ALLOW : refuse("download-limit", policy.edition);
}
