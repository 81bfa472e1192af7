import type { StateAnswer } from "./database.ts";
import type { StateEntry } from "./store.ts";

// Taken at the start: what a host's tests do to timers later must not stop the reads of its state.
const soon = setImmediate;

/** What is stored under some keys; absent ones are not in it. The values are as they are stored. */
type Found = ReadonlyMap<string, StateEntry>;

/**
 * Puts reads of one turn of the event loop into one question: a request reads a session and its worker's other sessions, and the
 * requests of a burst come in one turn. A question to a database costs many times what a row of its answer does.
 *
 * @param load - reads many keys, each once
 */
export function createReadBatch(
  load: (keys: readonly string[]) => Promise<Found>,
): (key: string) => Promise<StateEntry | undefined> {
  let keys = new Set<string>();
  let found: Promise<Found> | undefined;

  function start(): Promise<Found> {
    return new Promise((resolve) => {
      soon(() => {
        const asked = [...keys];
        keys = new Set();
        found = undefined;
        resolve(load(asked));
      });
    });
  }

  return async (key) => {
    keys.add(key);
    found ??= start();
    return (await found).get(key);
  };
}

/** Reads the answer to {@link READ}. */
export function readFound(answer: StateAnswer): Found {
  const rows = JSON.parse(String(answer["found"])) as readonly (readonly [string, string, string])[];
  return new Map(rows.map(([key, value, version]) => [key, { value, version: Number(version) }]));
}
