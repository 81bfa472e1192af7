import type { Policy } from "@garim/policy";
import type { Accounts } from "../account/accounts.ts";

/** What every part of the factors works with. */
export interface Desk {
  readonly accounts: Accounts;
  readonly policy: Policy;
  /** UTC milliseconds. */
  readonly clock: () => number;
}
