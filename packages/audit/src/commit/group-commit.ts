import { randomUUID } from "node:crypto";
import { GarimError } from "@garim/policy";
import { type Fault, faultOf, type LogDatabase } from "../database.ts";
import { appendBatch, type LogRow, wireBytes } from "./batch.ts";
import type { BatchForm } from "./batch-form.ts";
import { Pending, takeBatch } from "./pending.ts";

export interface GroupCommitOptions {
  readonly database: LogDatabase;
  /** How a batch is handed to the database; as texts unless given. */
  readonly form?: BatchForm;
  /** Rows that may wait besides those being written. */
  readonly queueLimit: number;
  /** How long a caller waits for its row. */
  readonly timeoutMs: number;
  /** Told once when the log stops taking records, and again only after it took one. */
  readonly onFault: (error: GarimError) => void;
  /** Called when everything that waited is written. */
  readonly onIdle: () => void;
}

/** What became of one try; `late` where the time of everyone in the batch was up before the database answered. */
type Outcome = { readonly kind: "written" | "late" | Exclude<Fault, "data"> } | DataOutcome;

interface DataOutcome {
  readonly kind: "data";
  readonly error: unknown;
}

const WRITTEN: Outcome = { kind: "written" };
const SLOW: Outcome = { kind: "slow" };
const LATE: Outcome = { kind: "late" };

/** A database that froze keeps the connections it was asked on; more than these it does not get at once. */
const MAX_UNANSWERED = 3;
/**
 * After so many times `timeoutMs` a question counts as lost: a server that was replaced never answers it, and may not say so on a
 * connection that nobody ended.
 */
const LOST_AFTER = 12;
/** While one batch is being written, rows for the next are made: two at once keep database and process busy. */
const MAX_LANES = 2;
/** So many rows are worth a batch of their own beside another; fewer wait and share its successor's flush to disk. */
const WORTH_A_LANE = 64;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Group commit: rows that come while a batch is on its way wait and make the next one, so that one flush to disk serves many
 * callers. Where many wait, a second batch is on its way beside the first; the database puts one behind the other.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #queue: Pending[] = [];
  readonly #inFlight = new Set<readonly Pending[]>();
  #lanes = 0;
  #isStarting = false;
  #whenIdle: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Why the last try failed; undefined while the database answers, however slowly. */
  #lastError: unknown;
  #isFaulty = false;
  #refusedAt = 0;
  /** When those questions were asked that have no answer yet, on the monotonic clock. */
  readonly #unanswered = new Set<{ readonly askedAt: number }>();

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  /**
   * Appends a row.
   *
   * @returns its place in the log, once it is durable
   * @throws GarimError `ERR_GARIM_LOG_BUSY` (queue full, or no answer in time), `ERR_GARIM_LOG_UNAVAILABLE` (the database
   *   failed), `ERR_GARIM_RECORD_INVALID` (it refused this very row)
   */
  append(row: LogRow): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length >= this.#options.queueLimit) return reject(this.#report(this.#tooLate("full")));
      const deadline = performance.now() + this.#options.timeoutMs;
      this.#queue.push(new Pending(row, wireBytes(row), deadline, resolve, reject));
      this.#timer ??= setTimeout(() => this.#expire(), this.#options.timeoutMs);
      this.#startLane();
    });
  }

  /** How long ago a row was last refused, milliseconds; `null` where none was since the last one that was written. */
  get refusedMsAgo(): number | null {
    return this.#isFaulty ? performance.now() - this.#refusedAt : null;
  }

  /** Rows whose callers wait. */
  get waiting(): number {
    return [...this.#inFlight].reduce((sum, batch) => sum + batch.length, this.#queue.length);
  }

  /** Resolves when every row appended so far is settled. */
  settled(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #isIdle(): boolean {
    return this.#lanes === 0 && !this.#isStarting;
  }

  /** Appends of the same turn of the event loop share a batch. */
  #startLane(): void {
    if (this.#isStarting || this.#lanes === MAX_LANES || !this.#isWorthALane()) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#lanes++;
      void this.#runLane();
    });
  }

  /** Whether what waits should not wait for the batch on its way. */
  #isWorthALane(lanesBeside = this.#lanes): boolean {
    return this.#queue.length >= (lanesBeside === 0 ? 1 : WORTH_A_LANE);
  }

  async #runLane(): Promise<void> {
    while (this.#isWorthALane(this.#lanes - 1)) {
      const batch = this.#takeBatch();
      this.#inFlight.add(batch);
      this.#startLane();
      await this.#write(batch);
      this.#inFlight.delete(batch);
    }
    this.#lanes--;
    if (this.#isIdle()) this.#rest();
  }

  /** Half of what waits, where another lane can take the other half. */
  #takeBatch(): readonly Pending[] {
    const waiting = this.#queue.length;
    return takeBatch(this.#queue, this.#lanes === 1 && waiting >= 2 * WORTH_A_LANE ? waiting >> 1 : waiting);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isFaulty) this.#options.onIdle();
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Writes a batch, with the same id again and again while its outcome is unknown and somebody waits for it. */
  async #write(batch: readonly Pending[]): Promise<void> {
    const id = randomUUID();
    const deadline = batch.at(-1)?.deadline ?? 0;
    for (let tries = 0; performance.now() < deadline; tries++) {
      const outcome = await this.#tryOnce(id, batch, deadline);
      if (outcome.kind === "written") return;
      if (outcome.kind === "data") return this.#isolate(batch, outcome.error);
      if (outcome.kind === "statement" || outcome.kind === "late") break;
      await pause(Math.min(backoffMs(tries), deadline - performance.now()));
    }
    this.#refuse(batch);
  }

  async #tryOnce(id: string, batch: readonly Pending[], deadline: number): Promise<Outcome> {
    if (this.#isFrozen()) return SLOW;
    try {
      const first = await this.#ask(id, batch, deadline);
      if (first === undefined) return LATE;
      this.#settle(batch, first);
      return WRITTEN;
    } catch (error) {
      const kind = faultOf(error);
      if (kind === "data") return { kind, error };
      if (kind === "slow") return SLOW;
      this.#lastError = error;
      this.#report(this.#tooLate("late"));
      return { kind };
    }
  }

  #settle(batch: readonly Pending[], first: number): void {
    this.#isFaulty = false;
    this.#lastError = undefined;
    for (const [i, pending] of batch.entries()) pending.resolve(first + i);
  }

  #isFrozen(): boolean {
    const lostBefore = performance.now() - LOST_AFTER * this.#options.timeoutMs;
    for (const question of this.#unanswered)
      if (question.askedAt < lostBefore) this.#unanswered.delete(question);
    return this.#unanswered.size >= MAX_UNANSWERED;
  }

  /** Asks the database, but not longer than somebody waits. A late answer changes nothing: the batch's id stays its own. */
  async #ask(id: string, batch: readonly Pending[], deadline: number): Promise<number | undefined> {
    const rows = batch.map((pending) => pending.row);
    const lockTimeoutMs = Math.max(1, Math.round(this.#options.timeoutMs));
    const question = { askedAt: performance.now() };
    this.#unanswered.add(question);
    const { database, form } = this.#options;
    const answer = appendBatch(database, id, rows, lockTimeoutMs, form).finally(() => {
      this.#unanswered.delete(question);
    });
    answer.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, deadline - performance.now(), undefined);
    });
    return Promise.race([answer, end]).finally(() => clearTimeout(timer));
  }

  /** The database refused a value: its row fails, the others of the batch do not. Nothing was written, so ids may be new. */
  async #isolate(batch: readonly Pending[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]?.reject(rowRefused(error));
    const middle = batch.length >> 1;
    await this.#write(batch.slice(0, middle));
    await this.#write(batch.slice(middle));
  }

  /** Ends the wait of those whose time is up; everyone waits equally long, so they stand at the front. */
  #expire(): void {
    const now = performance.now();
    const inFlight = [...this.#inFlight].flat();
    this.#refuse(inFlight.filter((pending) => pending.deadline <= now));
    const waiting = this.#queue.findIndex((pending) => pending.deadline > now);
    this.#refuse(this.#queue.splice(0, waiting === -1 ? this.#queue.length : waiting));
    const next = earliest(inFlight.filter((pending) => !pending.isSettled)) ?? this.#queue[0];
    this.#timer = next && setTimeout(() => this.#expire(), Math.max(1, next.deadline - now));
  }

  #refuse(batch: readonly Pending[]): void {
    const waiting = batch.filter((pending) => !pending.isSettled);
    if (waiting.length === 0) return;
    const error = this.#report(this.#tooLate("late"));
    for (const pending of waiting) pending.reject(error);
  }

  #report(error: GarimError): GarimError {
    if (!this.#isFaulty) this.#options.onFault(error);
    this.#isFaulty = true;
    this.#refusedAt = performance.now();
    return error;
  }

  /** A database that failed is unavailable; one that only takes its time is busy. */
  #tooLate(why: "full" | "late"): GarimError {
    const { queueLimit, timeoutMs } = this.#options;
    if (this.#lastError !== undefined)
      return new GarimError(
        "ERR_GARIM_LOG_UNAVAILABLE",
        "The access log cannot be written: its database fails (see cause). Nothing is disclosed until it answers; check that it runs, is not read-only, has room, and lets this user execute garim.append",
        this.#lastError,
      );
    const seen =
      why === "full" ? `${queueLimit} records wait already` : `no record was written within ${timeoutMs} ms`;
    return new GarimError(
      "ERR_GARIM_LOG_BUSY",
      `The access log is too slow: ${seen}. Give its database more room, or createAccessLog({ queueLimit, timeoutMs }) other limits`,
    );
  }
}

function earliest(pending: readonly Pending[]): Pending | undefined {
  return pending.toSorted((one, other) => one.deadline - other.deadline)[0];
}

function rowRefused(error: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_RECORD_INVALID",
    "The database refused one access record for its values (see cause); the others of its batch are not affected",
    error,
  );
}

/** 20 ms, doubling up to a second, each between half and all of that so that nodes do not come back together. */
function backoffMs(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries) * (0.5 + Math.random() / 2);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
