/** Applications one address may make, and in how long, at each node. */
const MOST = 10;
const HOUR_MS = 3_600_000;
/** Addresses told apart; beyond, all that are new wait until some are forgotten. */
const MOST_ADDRESSES = 10_000;

/** How fast addresses go on. */
export interface Pace {
  /** Whether an address may do it once more now. */
  mayGo(address: string): boolean;
  /** Counts that it did. */
  count(address: string): void;
}

/**
 * Keeps one address from filling the list of what waits for approval, so that nobody else can apply.
 *
 * @param clock - UTC milliseconds
 */
export function createPace(clock: () => number): Pace {
  const seen = new Map<string, readonly number[]>();
  const recent = (address: string): readonly number[] =>
    (seen.get(address) ?? []).filter((at) => clock() - at < HOUR_MS);

  function forget(): void {
    for (const address of seen.keys()) if (recent(address).length === 0) seen.delete(address);
  }

  return {
    mayGo(address) {
      if (!seen.has(address) && seen.size >= MOST_ADDRESSES) forget();
      return recent(address).length < MOST && (seen.has(address) || seen.size < MOST_ADDRESSES);
    },
    count(address) {
      seen.set(address, [...recent(address), clock()]);
    },
  };
}
