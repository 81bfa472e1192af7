import type { AccessLog } from "@garim/audit";
import type { Policy } from "@garim/policy";
import type { DutyDatabase } from "./store/database.ts";
import type { FollowerPort } from "./store/follower.ts";

/** What every register works with. */
export interface KeepingOptions {
  /** A pool or PGlite; the tables are made where they are not there. */
  readonly database: DutyDatabase;
  /** `append` of the access log. */
  readonly append: AccessLog["append"];
  /** In force; it stands in each record. */
  readonly policy: Policy;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/** The same for a register of which each node has a copy. */
export interface RegisterOptions extends KeepingOptions {
  readonly follower: FollowerPort;
}
