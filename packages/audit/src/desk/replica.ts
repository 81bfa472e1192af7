import type { LogReader } from "../ask/reader.ts";
import { type LogDatabase, queryTexts } from "../database.ts";

/** Where a question is read, and what is missing there. */
export interface ReadPlace {
  readonly reader: LogReader;
  /** Records from before the question that are not there yet: 0 where the answer is whole. */
  readonly behind: number;
}

/** A copy of the log's database that answers auditors' questions. It follows by itself, a moment behind. */
export interface Replica {
  readonly database: LogDatabase;
  readonly reader: LogReader;
  /** Told once when the replica cannot be asked, and again only after it could. */
  readonly onFault: (error: unknown) => void;
}

/** Whether it was told that the replica cannot be asked. */
interface Told {
  isFaulty: boolean;
}

export interface ReplicaPace {
  /** How long a question waits for the replica to have everything from before it. */
  readonly waitMs: number;
  readonly pauseMs: number;
}

const PACE: ReplicaPace = { waitMs: 1_000, pauseMs: 50 };

/** The last place a database has; 0 of an empty log. */
export async function readLast(database: LogDatabase): Promise<number> {
  const [row] = await queryTexts(database, LAST);
  return Number(row?.["last"] ?? 0);
}

const LAST = "select coalesce(max(seq), 0)::text as last from garim.log_record";

/** Chooses where each question is read: on the replica, or where that cannot be asked on the primary. */
export class ReadPlaces {
  readonly #primary: LogReader;
  readonly #replica: Replica | undefined;
  readonly #pace: ReplicaPace;
  readonly #told: Told;

  constructor(
    primary: LogReader,
    replica?: Replica,
    pace: ReplicaPace = PACE,
    told: Told = { isFaulty: false },
  ) {
    this.#primary = primary;
    this.#replica = replica;
    this.#pace = pace;
    this.#told = told;
  }

  /** @param map - narrows a reader to what may be seen */
  narrowed(map: (reader: LogReader) => LogReader): ReadPlaces {
    const replica = this.#replica && { ...this.#replica, reader: map(this.#replica.reader) };
    return new ReadPlaces(map(this.#primary), replica, this.#pace, this.#told);
  }

  get primary(): LogReader {
    return this.#primary;
  }

  /**
   * Waits a moment until the replica has what was on record before a question.
   *
   * @param seq - the place of the question's own record
   */
  async forPage(seq: number): Promise<ReadPlace> {
    const whole: ReadPlace = { reader: this.#primary, behind: 0 };
    if (this.#replica === undefined) return whole;
    const behind = await this.#lag(this.#replica, seq);
    return behind === undefined ? whole : { reader: this.#replica.reader, behind };
  }

  /** What leaves as a file is whole: a replica that is behind is not asked. */
  async forFile(seq: number): Promise<LogReader> {
    const { reader, behind } = await this.forPage(seq);
    return behind === 0 ? reader : this.#primary;
  }

  /** How many records from before the question are missing after the wait; `undefined` where the replica cannot be asked. */
  async #lag({ database, onFault }: Replica, seq: number): Promise<number | undefined> {
    const until = performance.now() + this.#pace.waitMs;
    try {
      for (;;) {
        const behind = Math.max(0, seq - 1 - (await readLast(database)));
        this.#told.isFaulty = false;
        if (behind === 0 || performance.now() >= until) return behind;
        await new Promise((resolve) => setTimeout(resolve, this.#pace.pauseMs));
      }
    } catch (error) {
      if (!this.#told.isFaulty) onFault(error);
      this.#told.isFaulty = true;
      return undefined;
    }
  }
}
