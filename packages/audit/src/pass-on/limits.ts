/** How much is kept for a sink, and for how long. Milliseconds where not said otherwise. */
export interface ForwardLimits {
  /** Records that may wait for one sink; beyond it the oldest are dropped. */
  readonly queueRecords: number;
  /** About how many bytes of memory they may take. A record larger than that waits alone. */
  readonly queueBytes: number;
  readonly batchRecords: number;
  readonly batchBytes: number;
  /** How long one `send` may take. */
  readonly deadlineMs: number;
  /** The pause after a failed `send`; it doubles up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How long closing waits for what is not yet passed on. */
  readonly closeMs: number;
}

export const FORWARD_DEFAULTS: ForwardLimits = Object.freeze({
  queueRecords: 10_000,
  queueBytes: 33_554_432,
  batchRecords: 200,
  // Small, because a sink turns a batch into text in one go and answers wait meanwhile.
  batchBytes: 262_144,
  deadlineMs: 15_000,
  firstPauseMs: 200,
  longestPauseMs: 30_000,
  closeMs: 5_000,
});
