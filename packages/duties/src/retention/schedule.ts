import type { Allow, KeptKind, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";

/** How long one kind of record is kept, and what becomes of it (보유 기간과 파기 방법). */
export interface Schedule {
  /** The name of the record's schema: `orderLine`. */
  readonly recordType: string;
  /** Names of other schemas that show the same records: `["sellerOrder"]`. */
  readonly alsoShownAs: readonly string[];
  readonly title: { readonly ko: string; readonly en: string };
  /** What ends its purpose, in one line: `구매확정, 취소·반품 완료`. */
  readonly endsWith: string;
  /** Which other laws may have it kept; empty for none. A record that claims another one is left alone. */
  readonly keeps: readonly KeptKind[];
  /** Where what another law keeps lies apart (분리 보관); `null` where nothing is kept. */
  readonly apartIn: string | null;
  /** How it is destroyed, backups included, in one line. */
  readonly method: string;
}

/** As it is on file. Moments are UTC milliseconds. */
export interface FiledSchedule extends Schedule {
  readonly filedAt: number;
  /** `null` while it is in force. */
  readonly endedAt: number | null;
}

/**
 * The retention schedules, one for each kind of record.
 *
 * What is synchronous comes from this node's copy and throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where that was not confirmed
 * within the last second. Every change is on record first, and known to every node within a second.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` names the member and what it takes
 * @source pipa/21, ecommerce/6, electronic-finance/records
 */
export interface Schedules {
  /** Those in force, by record type. */
  list(): readonly FiledSchedule[];
  find(recordType: string): FiledSchedule | null;
  /** Whether records of these schemas may be shown: refuses where one has no schedule and the policy makes it a condition. */
  judge(schemas: readonly string[]): Allow | Refuse;
  put(schedule: Schedule, keeper: Keeper): Promise<FiledSchedule>;
  /** Ends one: from then on nothing of that kind is destroyed by it. `null` where there is none. */
  end(recordType: string, keeper: Keeper): Promise<FiledSchedule | null>;
}
