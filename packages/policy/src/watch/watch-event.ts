/** One access, as the detectors look at it. Accounts, networks, keys and subjects are names or hashes of whoever feeds them. */
export interface WatchEvent {
  /** UTC milliseconds. Events come about in their order; what comes late counts where it belongs. */
  readonly at: number;
  /** Whose account it was. */
  readonly account: string;
  /** People have habits; tools have budgets of their own, and are looked at for keys, runs and canaries alone. */
  readonly isPerson: boolean;
  /** Where it came from: an address's network. */
  readonly network: string;
  /** What signed for it: the key of a token; `null` where nothing did. */
  readonly key: string | null;
  /** `failed`: a log-in or a second factor was wrong. */
  readonly outcome: "disclosed" | "refused" | "failed";
  /** Hashes of the data subjects that were shown, each once. */
  readonly subjects: readonly number[];
  /** Records that were shown. */
  readonly records: number;
  /** The number in what was asked for by name, such as an order's; `null` where it was a list, or has none. */
  readonly asked: number | null;
  /** Whether an order that exists for nobody was shown. */
  readonly isCanary: boolean;
}

/** What was found. */
export type WatchReason =
  | "watch-volume"
  | "watch-subjects"
  | "watch-sequence"
  | "watch-off-hours"
  | "watch-new-network"
  | "watch-dormant"
  | "watch-canary"
  | "watch-failures"
  | "watch-many-users";

/** What is done about it. `throttle` answers fewer requests for a time, `cut-off` ends sessions and suspends tools. */
export type WatchAction = "alert" | "step-up" | "throttle" | "cut-off";

/** Something that looks like somebody helping themselves. */
export interface WatchFinding {
  readonly reason: WatchReason;
  readonly action: WatchAction;
  /** UTC milliseconds: of the event that showed it. */
  readonly at: number;
  /** Whose it is; of many users of one key or network, the last one's. */
  readonly account: string;
  readonly network: string;
  readonly key: string | null;
  /** What was counted until then. */
  readonly count: number;
}

/** What is done about each, unless a deployment does more. */
export const WATCH_ACTIONS: Readonly<Record<WatchReason, WatchAction>> = Object.freeze({
  "watch-volume": "step-up",
  "watch-subjects": "step-up",
  "watch-sequence": "throttle",
  "watch-off-hours": "step-up",
  "watch-new-network": "step-up",
  "watch-dormant": "step-up",
  "watch-canary": "cut-off",
  "watch-failures": "alert",
  "watch-many-users": "throttle",
});
