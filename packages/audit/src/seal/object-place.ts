import type { CheckpointPlace } from "./place.ts";
import { formatSealed, parseSealed, type Sealed } from "./sealed.ts";

/** What S3 and its kin do. Give the bucket a lock on objects (WORM), so that nobody replaces one. */
export interface ObjectStore {
  put(key: string, body: Uint8Array): Promise<void>;
  /** `undefined` where there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys that begin so, in any order. */
  list(prefix: string): Promise<readonly string[]>;
}

export interface ObjectPlaceOptions {
  /** Before every key, as `garim/checkpoints/`. */
  readonly prefix: string;
  /** An object is written at most so often; 60 unless given (our choice). */
  readonly everySeconds?: number;
  /** UTC milliseconds; names the objects. */
  readonly clock?: () => number;
}

const LATEST = "latest";

/** Keeps checkpoints in an object store: one object each time, and one that says which is the newest. */
export function objectPlace(store: ObjectStore, options: ObjectPlaceOptions): CheckpointPlace {
  const { prefix, everySeconds = 60, clock = Date.now } = options;
  const keyAt = (ms: number): string => `${prefix}${String(ms).padStart(15, "0")}.ndjson`;
  let last = 0;
  return {
    name: `objects:${prefix}`,
    everySeconds,
    write: async (parts) => {
      // Never a key twice, whatever the clock does: what is locked cannot be replaced.
      last = Math.max(last + 1, clock());
      const key = keyAt(last);
      await store.put(key, Buffer.from(parts.map((part) => `${formatSealed(part)}\n`).join("")));
      const note = parts.at(-1)?.note;
      if (note) await store.put(prefix + LATEST, Buffer.from(note));
    },
    latest: async () => {
      const bytes = await store.get(prefix + LATEST);
      return bytes && Buffer.from(bytes).toString("utf8");
    },
    read: () => readObjects(store, prefix),
  };
}

async function* readObjects(store: ObjectStore, prefix: string): AsyncGenerator<Sealed> {
  const keys = (await store.list(prefix)).filter((key) => key.endsWith(".ndjson"));
  for (const key of keys.toSorted()) {
    const bytes = await store.get(key);
    const lines = Buffer.from(bytes ?? [])
      .toString("utf8")
      .split("\n");
    for (const line of lines) if (line !== "") yield parseSealed(line);
  }
}
