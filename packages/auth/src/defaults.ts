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
  /** Sessions of a worker at one time; the oldest ends. */
  readonly sessions: number;
  /** Networks a session may go back to without having moved; the one used longest ago is forgotten. */
  readonly networks: number;
  /** Keys a store in memory holds. */
  readonly memoryEntries: number;
  /** Expired rows are deleted at most this often, */
  readonly sweepMs: number;
  /** and at most this many at once. */
  readonly sweepRows: number;
  /** Lost races after which a write gives up. */
  readonly casRounds: number;
  /** How long a request waits for an answer of Redis, */
  readonly redisAnswerMs: number;
  /** and of the database, which many may ask at once. */
  readonly databaseAnswerMs: number;
  /** How long Redis keeps what has expired: nodes' clocks decide that, and may differ or go back. */
  readonly redisMarginMs: number;
  /** Period of one TOTP code. */
  readonly periodSeconds: number;
  /** How long a TOTP code is taken after its period; one of a later period is never taken. */
  readonly lateSeconds: number;
  /** How long a challenge lives: a session's prompt for one action, a code by message, an enrolment nobody confirmed. */
  readonly challengeMs: number;
  /** Challenges of an account at one time; the oldest goes. */
  readonly challenges: number;
  /** Authenticator apps and passkeys of an account, together. */
  readonly factors: number;
  /** Codes by message an account gets within `sendWindowMs`. */
  readonly sends: number;
  readonly sendWindowMs: number;
}

export const AUTH_DEFAULTS: AuthDefaults = Object.freeze({
  cacheMs: 1_000,
  cacheEntries: 10_000,
  activityMs: 5_000,
  futureLoginMs: 60_000,
  clockSkewMs: 120_000,
  traceMarginMs: 600_000,
  sessions: 20,
  networks: 8,
  memoryEntries: 100_000,
  sweepMs: 10_000,
  sweepRows: 1_000,
  casRounds: 100,
  redisAnswerMs: 2_000,
  databaseAnswerMs: 10_000,
  redisMarginMs: 3_600_000,
  periodSeconds: 30,
  lateSeconds: 30,
  challengeMs: 600_000,
  challenges: 16,
  factors: 10,
  sends: 5,
  sendWindowMs: 900_000,
});
