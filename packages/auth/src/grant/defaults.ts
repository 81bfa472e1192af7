/**
 * The numbers of grants and tools that no policy edition sets. All are ours: neither law nor code gives them.
 *
 * `…Ms` is milliseconds, `…Days` days of 24 hours, anything else a count.
 */
export interface GrantDefaults {
  /** How often a node asks whether anything changed, give or take a fifth. */
  readonly pollMs: number;
  /** What a node knows is used this long after it was last confirmed, and not a millisecond longer. */
  readonly staleMs: number;
  /** How long a node waits for the database's answer. */
  readonly answerMs: number;
  /** Issued tokens remembered per node; others are looked up. */
  readonly issuedEntries: number;
  /** A new key signs this long after it was made: by then every node knows it. */
  readonly keyLeadMs: number;
  /** A key that another took the place of verifies this much longer, then it is dead. */
  readonly keyOverlapMs: number;
  /** An older signing key is spoken of. */
  readonly keyDays: number;
  /** What was not used for so long is proposed for removal. */
  readonly unusedDays: number;
  /** How long a client secret, the oldest way to prove a tool, is taken. */
  readonly secretDays: number;
}

export const GRANT_DEFAULTS: GrantDefaults = Object.freeze({
  pollMs: 250,
  staleMs: 1_000,
  answerMs: 2_000,
  issuedEntries: 100_000,
  keyLeadMs: 2_000,
  keyOverlapMs: 600_000,
  keyDays: 90,
  unusedDays: 30,
  secretDays: 180,
});
