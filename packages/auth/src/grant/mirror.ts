import { AUTH_DEFAULTS } from "../defaults.ts";
import type { StateDatabase } from "../state/database.ts";
import { stateUnavailable } from "../state/store.ts";
import { openEntries } from "./entries.ts";
import type { Follower } from "./follower.ts";

/** A copy of one room, read without waiting; every change goes to the database first. */
export interface Mirror<T> {
  /** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the copy is stale */
  get(key: string): T | undefined;
  /** All of them; throws as {@link Mirror.get}. */
  values(): readonly T[];
  /** Says that the copy may be used; throws as {@link Mirror.get}. */
  check(): void;
  /** Decides about an entry as it is in the database, and stores it. This node's copy has it at once. */
  change<C extends MirrorChange<T>>(
    key: string,
    decide: (current: T | undefined) => C | Promise<C>,
  ): Promise<C>;
}

/** What a decision wants stored; `null` leaves it as it is. */
export interface MirrorChange<T> {
  readonly next: T | null;
}

export interface MirrorOptions<T> {
  readonly database: StateDatabase;
  readonly follower: Follower;
  readonly room: "grants" | "tools" | "token-keys" | "revocations" | "webhooks";
  /** The key a value belongs under, where it says so itself: one that stands under another is not used. */
  readonly keyOf?: (value: T) => string;
  /** Hears of every value as it enters the copy, and of the one before. */
  readonly onValue?: (next: T, before: T | undefined) => void;
  /** Hears that the copy begins anew. */
  readonly onReset?: () => void;
  /** Values are only heard of and not kept: `get` and `values` find none. */
  readonly isPassing?: boolean;
}

interface Kept<T> {
  readonly value: T;
  readonly version: number;
}

/** Opens a room, and follows it. */
export async function openMirror<T>(options: MirrorOptions<T>): Promise<Mirror<T>> {
  const { database, follower, room, onValue = () => undefined, onReset, keyOf, isPassing = false } = options;
  const entries = openEntries(database, room, AUTH_DEFAULTS.databaseAnswerMs);
  let kept = new Map<string, Kept<T>>();

  /** Answers may overtake each other: what is older is passed over. */
  function keep(into: Map<string, Kept<T>>, key: string, text: string, version: number): T {
    const before = into.get(key);
    const value: T = JSON.parse(text);
    if (keyOf !== undefined && keyOf(value) !== key)
      throw stateUnavailable(`A value of ${room} stands under the key of another, so it was not used.`);
    if (before !== undefined && before.version >= version) return value;
    if (!isPassing) into.set(key, { value, version });
    onValue(value, before?.value);
    return value;
  }

  async function load(since: number | null): Promise<number> {
    const changes = await entries.since(since ?? 0);
    const into = since === null ? new Map<string, Kept<T>>() : kept;
    if (since === null) onReset?.();
    for (const { key, value, version } of changes.entries) keep(into, key, value, version);
    kept = into;
    return changes.version;
  }

  const followed = await follower.follow({ name: room, load });
  return {
    get(key) {
      followed.check();
      return kept.get(key)?.value;
    },
    check: () => followed.check(),
    values() {
      followed.check();
      return [...kept.values()].map(({ value }) => value);
    },
    async change(key, decide) {
      const { change, entry } = await entries.change(key, async (found) => {
        const decided = await decide(found === undefined ? undefined : JSON.parse(found.value));
        return { decided, next: decided.next === null ? null : JSON.stringify(decided.next) };
      });
      if (entry !== undefined) keep(kept, key, entry.value, entry.version);
      if (change.next !== null) follower.changed();
      return change.decided;
    },
  };
}
