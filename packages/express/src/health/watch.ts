import type { Board } from "./board.ts";
import { type Looked, lookAround, type Seen } from "./checks.ts";
import type { TroubleKind } from "./trouble.ts";

/** Looks at what Garim stands on, again and again. */
export interface Watch {
  /** What was seen last, at most a second ago. */
  look(): Promise<Seen>;
  /** What was seen last, however long ago. */
  readonly last: Seen | undefined;
  stop(): void;
}

const PACE_MS = 15_000;
/** Balancers of many nodes ask often; one look serves them. */
const FRESH_MS = 1_000;

/** Troubles that a look shows, and that are over when the next one does not show them. */
const SEEN: readonly TroubleKind[] = [
  "database-down",
  "database-read-only",
  "state-down",
  "log-down",
  "checkpoint-late",
  "place-unreachable",
  "replica-down",
  "keys-unusable",
  "key-old",
  "clock-apart",
  "partition-missing",
  "disk-nearly-full",
];

/** Begins to look. No timer keeps the process alive. */
export function startWatch(looked: Looked, board: Board): Watch {
  let last: Seen | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<Seen> | undefined;

  async function lookNow(): Promise<Seen> {
    const seen = await lookAround(looked);
    last = seen;
    lookedAt = performance.now();
    for (const kind of SEEN)
      board.set(
        kind,
        seen.checks.some(({ code }) => code === kind),
      );
    return seen;
  }

  function look(): Promise<Seen> {
    if (last !== undefined && performance.now() - lookedAt < FRESH_MS) return Promise.resolve(last);
    looking ??= lookNow().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  const timer = setInterval(() => void look(), PACE_MS).unref();
  return {
    look,
    get last() {
      return last;
    },
    stop: () => clearInterval(timer),
  };
}
