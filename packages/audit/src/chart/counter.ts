import { type LogDatabase, queryTexts } from "../database.ts";

/** Between two rounds where nothing waits, and where more does. */
const IDLE_MS = 10_000;
const BUSY_MS = 250;
/** Records of a round: a tenth of a second of the database. */
const ROUND = 20_000;
/** As long as an end waits for a round that runs. */
const PATIENCE_MS = 2_000;

/**
 * Keeps the counts by the hour behind the end of the log. Every node tries and one does; what fails is tried again, and a chart counts
 * what is missing by itself.
 */
export class Counter {
  readonly #database: LogDatabase;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(database: LogDatabase) {
    this.#database = database;
    this.#wait(IDLE_MS);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const patience = new Promise<void>((resolve) => void setTimeout(resolve, PATIENCE_MS).unref());
    await Promise.race([this.#round, patience]);
  }

  #wait(ms: number): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#count();
    }, ms).unref();
  }

  async #count(): Promise<void> {
    const counted = await countUp(this.#database).catch(() => 0);
    this.#wait(counted >= ROUND ? BUSY_MS : IDLE_MS);
  }
}

/** Counts a round. @returns how many records; 0 also where another counts */
export async function countUp(database: LogDatabase): Promise<number> {
  const [row] = await queryTexts(database, "select garim.count_up($1::text::integer)::text as counted", [
    String(ROUND),
  ]);
  return Number(row?.["counted"] ?? 0);
}
