import { AUTH_DEFAULTS } from "../defaults.ts";
import { bindValue, unbindValue } from "./bound-value.ts";
import { askDatabase, failUnavailable, readLostRace, type StateDatabase } from "./database.ts";
import { migrateState } from "./migration.ts";
import { createPatience } from "./patience.ts";
import { createReadBatch, readFound } from "./read-batch.ts";
import { CREATE, READ, REMOVE, REPLACE, SWEEP } from "./sql.ts";
import type { StateStore } from "./store.ts";
import { createSweepPace } from "./sweep-pace.ts";

export interface PostgresStateOptions {
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** How long a request waits for the database, milliseconds; {@link AUTH_DEFAULTS}.databaseAnswerMs if left out. */
  readonly answerMs?: number;
}

/**
 * State in PostgreSQL (15 to 18) or PGlite, in the table garim.state, which it makes itself. Any number of nodes share it.
 *
 * @param database - a pool: each statement stands alone, so a transaction pooler is fine
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` (here and from every method) while the database fails or does
 *   not answer, `ERR_GARIM_SCHEMA_VERSION` where a newer package has migrated it
 */
export async function postgresState(
  database: StateDatabase,
  options: PostgresStateOptions = {},
): Promise<StateStore> {
  const { clock = Date.now, answerMs = AUTH_DEFAULTS.databaseAnswerMs } = options;
  const isSweepDue = createSweepPace();
  const patience = createPatience("The database of the state store", answerMs);
  const ask = (text: string, values: readonly unknown[]) =>
    patience(() => askDatabase(database, text, values));

  const readStored = createReadBatch(async (keys) =>
    readFound(await ask(READ, [JSON.stringify(keys), clock()])),
  );

  async function sweepNowAndThen(): Promise<void> {
    const now = clock();
    if (!isSweepDue(now)) return;
    // What was asked for is already stored; a sweep that fails is made up for by a later one.
    await ask(SWEEP, [now, AUTH_DEFAULTS.sweepRows]).catch(() => undefined);
  }

  async function compareAndSet(text: string, values: readonly unknown[]): Promise<boolean> {
    const answer = await ask(text, values).catch(readLostRace);
    return answer["done"] === 1;
  }

  await migrateState(database).catch(failUnavailable);
  return {
    async read(key) {
      const entry = await readStored(key);
      return entry && { ...entry, value: unbindValue(key, entry.value) };
    },
    async write(key, value, expected, expiresAt) {
      const values = [key, bindValue(key, value), expiresAt, clock()];
      const isWritten = await (expected === null
        ? compareAndSet(CREATE, values)
        : compareAndSet(REPLACE, [...values, expected]));
      await sweepNowAndThen();
      return isWritten;
    },
    remove(key, expected) {
      return compareAndSet(REMOVE, [key, clock(), expected]);
    },
  };
}
