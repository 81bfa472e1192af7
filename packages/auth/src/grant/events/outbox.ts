import { DAY, HOUR, MINUTE } from "@garim/policy";
import { AUTH_DEFAULTS } from "../../defaults.ts";
import { askAgain, askDatabase, type StateAnswer, type StateDatabase } from "../../state/database.ts";
import { createPatience } from "../../state/patience.ts";
import { PUT, SETTLE, SWEEP, TAKE } from "./outbox-sql.ts";

/** A message on its way to somebody. */
export interface Message {
  readonly id: string;
  readonly body: string;
}

export interface TakenMessage extends Message {
  /** Which try this is, from 1 on. */
  readonly tries: number;
}

/** Messages that are told at least once, whichever node does it and however often it has to be tried. */
export interface Outbox {
  /** Puts messages in; those that are or were in it already are passed over. */
  put(messages: readonly Message[]): Promise<void>;
  /** Takes what is due, for a minute: who ends in between leaves it to whoever comes then. */
  take(most: number): Promise<readonly TakenMessage[]>;
  /** Says that a message was told, or is not told any more. */
  done(id: string): Promise<void>;
  /**
   * Says that it was not told.
   *
   * @returns whether it is tried again
   */
  failed(message: TakenMessage): Promise<boolean>;
}

/** How long to wait after each try, as Standard Webhooks proposes: the last one is three days after the first. */
const PAUSES: readonly number[] = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  DAY,
];

const TAKEN_MS = MINUTE;
const MOST_AT_ONCE = 1_000;
/** Longer than anything is told of: what is gone is not put in again. */
const KEPT_DAYS = 60;

/** Opens the outbox. */
export function openOutbox(database: StateDatabase, clock: () => number): Outbox {
  const patience = createPatience("The outbox of events", AUTH_DEFAULTS.databaseAnswerMs);
  let sweptAt = Number.NEGATIVE_INFINITY;
  const ask = (text: string, values: readonly unknown[]): Promise<StateAnswer> =>
    askAgain(() => patience(() => askDatabase(database, text, values)));

  async function sweep(): Promise<void> {
    const now = clock();
    if (now - sweptAt < HOUR) return;
    sweptAt = now;
    await ask(SWEEP, [now - KEPT_DAYS * DAY, AUTH_DEFAULTS.sweepRows]);
  }

  return {
    async put(messages) {
      for (let from = 0; from < messages.length; from += MOST_AT_ONCE) {
        const some = messages.slice(from, from + MOST_AT_ONCE).map(({ id, body }) => [id, body]);
        await ask(PUT, [JSON.stringify(some), clock()]);
      }
      await sweep();
    },
    async take(most) {
      const now = clock();
      const { found } = await ask(TAKE, [now, now + TAKEN_MS, most]);
      const rows: readonly [string, string, number][] = JSON.parse(String(found));
      return rows.map(([id, body, tries]) => ({ id, body, tries }));
    },
    async done(id) {
      await ask(SETTLE, [id, null, clock()]);
    },
    async failed({ id, tries }) {
      const pause = PAUSES[tries - 1];
      const now = clock();
      await ask(SETTLE, [id, pause === undefined ? null : now + pause, pause === undefined ? now : null]);
      return pause !== undefined;
    },
  };
}
