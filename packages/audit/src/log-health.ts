import type { SealStatus } from "./seal/sealer.ts";

/** How the log is doing, as this node knows: for readiness, metrics and alerts. Asks nothing. */
export interface LogHealth {
  /** How long ago a record was last refused, milliseconds; `null` while the log takes them. */
  readonly refusedMsAgo: number | null;
  /** Records whose callers wait for them to be durable. */
  readonly waiting: number;
  /** Answers refused because they could not be recorded, and not on record yet: one gap record follows. */
  readonly lost: number;
  /** `null` where nothing is sealed. */
  readonly seal: SealStatus | null;
}
