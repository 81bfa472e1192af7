import type { Subject, WatchAction, WatchFinding, WatchReason } from "@garim/policy";

/** What is done about what looks like somebody helping themselves. */
export interface WatchOptions {
  /** Told of each finding, once a day of an account, key or network, on the node that saw it. Each is on record besides. Not waited for. */
  readonly onFinding?: (finding: WatchFinding) => unknown;
  /** More than is done by itself: `{ "watch-new-network": "cut-off" }`. Less is refused at start. */
  readonly actions?: Readonly<Partial<Record<WatchReason, WatchAction>>>;
  /** Tells a data subject that is nobody's: whoever is shown it is looking around. */
  readonly isCanary?: (subject: Subject) => boolean;
}
