import {
  askRow,
  askRows,
  type DutyDatabase,
  type DutyRow,
  dutiesUnavailable,
  readLostRace,
} from "./database.ts";
import type { FollowerPort } from "./follower.ts";
import { CREATE, READ, REPLACE, SINCE } from "./room-sql.ts";

/** Lost races after which a change gives up. */
const ROUNDS = 100;

/** One room of the register, and this node's copy of it. */
export interface Room<T> {
  /** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the copy was not confirmed within the last second */
  get(key: string): T | undefined;
  /** All of them. Throws as {@link Room.get}. */
  values(): readonly T[];
  /**
   * Decides about an entry as it is in the database, and stores it, again until nobody wrote in between.
   *
   * @param decide - gives `null` to leave it as it is
   * @returns what is stored then
   */
  change(key: string, decide: (current: T | undefined) => T | null): Promise<T | undefined>;
}

interface Kept<T> {
  readonly value: T;
  readonly version: number;
}

/** Opens a room. */
export async function openRoom<T>(
  database: DutyDatabase,
  follower: FollowerPort,
  name: string,
): Promise<Room<T>> {
  let kept = new Map<string, Kept<T>>();

  const boundTo = (key: string): string => `${JSON.stringify([name, key])}:`;

  /** A value names the key it is stored under: one that turns up elsewhere is recognised. */
  function read(key: string, { value, version }: DutyRow): Kept<T> {
    const prefix = boundTo(key);
    if (typeof value === "string" && value.startsWith(prefix))
      return { value: JSON.parse(value.slice(prefix.length)), version: Number(version) };
    throw dutiesUnavailable("The register answered with the value of another key, so it was not used.");
  }

  /** Answers may overtake each other: what is older is passed over. */
  function keep(into: Map<string, Kept<T>>, key: string, next: Kept<T>): void {
    const before = into.get(key);
    if (before === undefined || before.version < next.version) into.set(key, next);
  }

  async function load(since: number | null): Promise<number> {
    const rows = await askRows(database, SINCE, [name, since ?? 0]);
    const into = since === null ? new Map<string, Kept<T>>() : kept;
    for (const row of rows) if (typeof row["key"] === "string") keep(into, row["key"], read(row["key"], row));
    kept = into;
    return Number(rows[0]?.["now"] ?? 0);
  }

  async function find(key: string): Promise<Kept<T> | undefined> {
    const row = await askRow(database, READ, [name, key]);
    return typeof row["value"] === "string" ? read(key, row) : undefined;
  }

  async function write(key: string, value: T, expected: number | undefined): Promise<Kept<T> | undefined> {
    const values = [name, key, boundTo(key) + JSON.stringify(value)];
    const asked =
      expected === undefined
        ? askRow(database, CREATE, values)
        : askRow(database, REPLACE, [...values, expected]);
    const { version } = await asked.catch(readLostRace);
    return typeof version === "string" ? { value, version: Number(version) } : undefined;
  }

  const followed = await follower.follow({ name, load });
  return {
    get(key) {
      followed.check();
      return kept.get(key)?.value;
    },
    values() {
      followed.check();
      return [...kept.values()].map(({ value }) => value);
    },
    async change(key, decide) {
      for (let round = 0; round < ROUNDS; round++) {
        const before = await find(key);
        const next = decide(before?.value);
        if (next === null) return before?.value;
        const written = await write(key, next, before?.version);
        if (written === undefined) continue;
        keep(kept, key, written);
        return written.value;
      }
      throw dutiesUnavailable(`One entry was written by others ${ROUNDS} times in a row. Try again.`);
    },
  };
}
