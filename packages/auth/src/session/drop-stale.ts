import type { LRUCache } from "lru-cache";

/** For each value that is set so many may go: fewer at once than a request would notice, and more than come. */
const MOST_AT_ONCE = 4;

/**
 * Drops what was used longest ago and counts no more, so that a cache of a second holds what came in about a second. Left to its
 * capacity alone it would hold the last ten thousand log-ins for ever: some 20 MB of a node, whatever its load.
 */
export function dropStale<V extends object>(
  cache: LRUCache<string, V>,
  isStale: (value: V) => boolean,
): void {
  for (let left = MOST_AT_ONCE; left > 0; left--) {
    const oldest = cache.rvalues().next().value;
    if (oldest === undefined || !isStale(oldest)) return;
    cache.pop();
  }
}
