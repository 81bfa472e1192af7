import { AUTH_DEFAULTS } from "../defaults.ts";
import { bindValue, unbindValue } from "../state/bound-value.ts";
import { askDatabase, askRows, readLostRace, type StateDatabase } from "../state/database.ts";
import { createPatience } from "../state/patience.ts";
import { stateUnavailable } from "../state/store.ts";
import { CREATE, READ, REPLACE, SINCE } from "./entry-sql.ts";

/** One stored value of a room: a grant, a tool. */
export interface Entry {
  readonly key: string;
  /** JSON. */
  readonly value: string;
  /** The version of the room that wrote it. */
  readonly version: number;
}

/** What changed in a room. */
export interface Changes {
  /** The room's version when it was read; nothing that the list lacks is older. */
  readonly version: number;
  readonly entries: readonly Entry[];
}

/** What a decision about an entry wants stored; `null` leaves it as it is. */
export interface EntryChange {
  readonly next: string | null;
}

/** The entries of one room, in the database. Every change raises the room's version in the same transaction. */
export interface Entries {
  read(key: string): Promise<Entry | undefined>;
  /** What was written after a version, 0 for everything. */
  since(version: number): Promise<Changes>;
  /**
   * Reads an entry, decides and writes, again until nobody wrote in between.
   *
   * @returns the decision that took effect, and the entry as it is now
   */
  change<C extends EntryChange>(
    key: string,
    decide: (entry: Entry | undefined) => C | Promise<C>,
  ): Promise<{ readonly change: C; readonly entry: Entry | undefined }>;
}

/** Opens a room. */
export function openEntries(database: StateDatabase, room: string, answerMs: number): Entries {
  const patience = createPatience("The database of grants and tools", answerMs);
  const boundTo = (key: string): string => JSON.stringify([room, key]);

  function toEntry(key: string, value: unknown, version: unknown): Entry {
    return { key, value: unbindValue(boundTo(key), String(value)), version: Number(version) };
  }

  async function read(key: string): Promise<Entry | undefined> {
    const { value, version } = await patience(() => askDatabase(database, READ, [room, key]));
    return typeof value === "string" ? toEntry(key, value, version) : undefined;
  }

  async function write(key: string, value: string, expected: number | null): Promise<Entry | undefined> {
    const values = [room, key, bindValue(boundTo(key), value)];
    const ask = (): Promise<Readonly<Record<string, unknown>>> =>
      expected === null
        ? askDatabase(database, CREATE, values)
        : askDatabase(database, REPLACE, [...values, expected]);
    const { version } = await patience(ask).catch(readLostRace);
    return typeof version === "string" ? { key, value, version: Number(version) } : undefined;
  }

  return {
    read,
    async since(version) {
      const rows = await patience(() => askRows(database, SINCE, [room, version]));
      const [first] = rows;
      const entries = rows.filter(({ key }) => typeof key === "string");
      return {
        version: Number(first?.["now"] ?? 0),
        entries: entries.map((row) => toEntry(String(row["key"]), row["value"], row["version"])),
      };
    },
    async change(key, decide) {
      for (let round = 0; round < AUTH_DEFAULTS.casRounds; round++) {
        const before = await read(key);
        const change = await decide(before);
        if (change.next === null) return { change, entry: before };
        const entry = await write(key, change.next, before?.version ?? null);
        if (entry !== undefined) return { change, entry };
      }
      throw stateUnavailable(
        `One entry was written by others ${AUTH_DEFAULTS.casRounds} times in a row. Limit the parallel requests of one account.`,
      );
    },
  };
}
