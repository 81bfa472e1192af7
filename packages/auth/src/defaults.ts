/**
 * The numbers of this package that no policy edition sets. All are ours: neither law nor code gives them.
 *
 * `…Ms` is milliseconds, `…Seconds` seconds, anything else a count.
 */
export interface AuthDefaults {
  /** A session read from the store is used this long on the same node: another node's sign-out is seen within it. */
  readonly cacheMs: number;
  /** Sessions remembered per node; more are read again. */
  readonly cacheEntries: number;
  /** Activity is written at most this often, so an idle session ends up to this much early and never late. */
  readonly activityMs: number;
  /** How far in the future a host's log-in may lie. */
  readonly futureLoginMs: number;
  /** How far apart the clocks of two nodes may be. */
  readonly clockSkewMs: number;
  /** How long after the longest possible session the trace of a log-in is kept. */
  readonly traceMarginMs: number;
  /** Keys a store in memory holds. */
  readonly memoryEntries: number;
  /** Expired rows are deleted at most this often, */
  readonly sweepMs: number;
  /** and at most this many at once. */
  readonly sweepRows: number;
  /** Lost races after which a write gives up. */
  readonly casRounds: number;
  /** Period of one TOTP code. */
  readonly periodSeconds: number;
  /** How long a TOTP code is taken after its period; one of a later period is never taken. */
  readonly lateSeconds: number;
}

export const AUTH_DEFAULTS: AuthDefaults = Object.freeze({
  cacheMs: 1_000,
  cacheEntries: 10_000,
  activityMs: 5_000,
  futureLoginMs: 60_000,
  clockSkewMs: 120_000,
  traceMarginMs: 600_000,
  memoryEntries: 100_000,
  sweepMs: 10_000,
  sweepRows: 1_000,
  casRounds: 100,
  periodSeconds: 30,
  lateSeconds: 30,
});
