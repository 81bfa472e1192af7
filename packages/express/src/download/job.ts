import type { RowWriter } from "@garim/masking";
import {
  DAY,
  decideDownloadVolume,
  decideStepUp,
  isGarimError,
  type KindSet,
  MINUTE,
  REASONS,
  type Reason,
  type Refuse,
} from "@garim/policy";
import { createWorkbook, removeSealed, type WorkbookWriter } from "@garim/workbook";
import { accessOf, type Deed } from "../answer/access.ts";
import { isLogOutage } from "../answer/outage.ts";
import { describeError } from "../logger.ts";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import type { Ask } from "./ask.ts";
import { dayOf } from "./day.ts";
import { judgeLeaving } from "./leaving.ts";
import type { DownloadEntry } from "./ledger/entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { detailOf } from "./on-record.ts";
import { type JudgedPage, judgePage, maskReason, type PageAsk } from "./page.ts";
import type { DownloadRoute } from "./route.ts";
import { RowTally } from "./row-tally.ts";
import { pagesOf, type RowSource } from "./source.ts";
import { columnsOf, summaryOf } from "./summary.ts";

/** A file that is to be made: everything it takes. */
export interface Job {
  readonly passage: WorkerPassage;
  readonly route: DownloadRoute;
  readonly ask: Ask;
  /** The kinds that were chosen, as far as the roles allow them. */
  readonly allowed: KindSet;
  readonly entry: DownloadEntry;
  readonly ledger: Ledger;
  readonly source: RowSource;
}

/** Rows judged and recorded together; ours. */
const PACE = { most: 1_000, longestMs: 1_000 };
const BEAT_MS = 10_000;

/** Ends a file for a reason people are told. */
class Ended extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(`The download ended: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Begins a file: page by page it is judged, recorded, written. What goes wrong ends it, on record, and leaves nothing of it.
 */
export function beginJob(job: Job, settings: Settings): void {
  const { live } = settings.downloads;
  const { id } = job.entry;
  const stop = new AbortController();
  const ended = run(new Making(job, settings), stop.signal).finally(() => live.delete(id));
  live.set(id, { stop: (reason) => stop.abort(new Ended(reason)), ended });
}

/** Never rejects. */
async function run(making: Making, stop: AbortSignal): Promise<void> {
  const beat = setInterval(() => making.beat().catch(() => undefined), BEAT_MS).unref();
  try {
    await making.make(stop);
  } catch (error) {
    await making.giveUp(error);
  } finally {
    clearInterval(beat);
  }
}

/** What a download comes to that ends for a reason; any other has failed. */
const ENDS: Readonly<Partial<Record<Reason, "cancelled" | "waiting">>> = {
  "download-cancelled": "cancelled",
  "download-limit": "waiting",
};

class Making {
  readonly #job: Job;
  readonly #settings: Settings;
  readonly #toRow: RowWriter;
  readonly #tally: RowTally;
  #writer: WorkbookWriter | undefined;

  constructor(job: Job, settings: Settings) {
    this.#job = job;
    this.#settings = settings;
    this.#toRow = job.route.rowOf(job.ask.fields).write;
    this.#tally = new RowTally(job.ask.kinds);
  }

  async make(stop: AbortSignal): Promise<void> {
    const { source } = this.#job;
    this.#writer = this.#openWriter();
    for await (const values of pagesOf(source, PACE, stop)) {
      await this.#takePage(values);
      stop.throwIfAborted();
    }
    if (this.#tally.rows === 0) throw new Ended("download-empty");
    await this.#finish(this.#writer);
  }

  beat(): Promise<boolean> {
    const { ledger, entry } = this.#job;
    return ledger.progress(entry.id, this.#tally.counts(), this.#settings.clock());
  }

  /** Nothing of the file stays, and why is on record and in the ledger. */
  async giveUp(error: unknown): Promise<void> {
    const { logger, clock } = this.#settings;
    const { ledger, entry } = this.#job;
    const reason = reasonOf(error);
    if (!(error instanceof Ended))
      logger.error({ download: entry.id, ...describeError(error) }, "garim: a download failed");
    try {
      await this.#writer?.abort();
      await ledger.end(entry.id, ENDS[reason] ?? "failed", reason, clock());
      await this.#record({ at: clock(), outcome: "refused", reason });
    } catch (again) {
      // The ledger's next sweep says it; the log counts what it could not take.
      logger.error(
        { download: entry.id, ...describeError(again) },
        "garim: a download's end is not on record",
      );
    }
  }

  #openWriter(): WorkbookWriter {
    const { ask, entry, route } = this.#job;
    const { downloads, clock } = this.#settings;
    return createWorkbook({
      format: ask.format,
      password: ask.password,
      spool: downloads.spool,
      id: entry.id,
      columns: columnsOf(route, ask.fields),
      language: ask.language,
      mark: entry.id,
      createdAt: clock(),
      maxRows: route.maxRows,
      ...(entry.expected === null || entry.expected === 0 ? {} : { expectedRows: entry.expected }),
    });
  }

  async #takePage(values: readonly unknown[]): Promise<void> {
    await this.#judgeStanding();
    const page = await judgePage(values, this.#pageAsk());
    if (page.kind === "refuse") throw new Ended(page.reason);
    this.#tally.add(page);
    await this.#judgeVolume();
    // On record before a byte of it is made.
    await this.#record({ at: page.at, outcome: "disclosed", disclosed: page.disclosed });
    await this.#write(page);
  }

  #pageAsk(): PageAsk {
    const { route, passage, allowed } = this.#job;
    const { clock, policy } = this.#settings;
    return { route, worker: passage.visitor, allowed, clock, policy };
  }

  async #write({ records }: JudgedPage): Promise<void> {
    const { ask } = this.#job;
    for (const { value, disclosure } of records) {
      if (disclosure.kind === "withhold") continue;
      const reason = maskReason(disclosure, ask.kinds);
      const why = reason === null ? null : REASONS[reason].because[ask.language];
      await this.#writer?.write([...this.#toRow(value, disclosure), why]);
    }
  }

  /** A session that ended, or whose person has other roles by now, gets no further row; nor does what the registers no longer let go. */
  async #judgeStanding(): Promise<void> {
    const { passage, entry, route } = this.#job;
    const over = await judgeLeaving(passage.visitor, entry, [route], this.#settings);
    if (over !== undefined) throw new Ended(over.reason);
  }

  /** A file may turn out larger than was said: what its size would have taken is asked for then. */
  async #judgeVolume(): Promise<void> {
    const { route, entry, ledger } = this.#job;
    const { policy } = this.#settings;
    if (this.#tally.rows > route.maxRows) throw new Ended("download-too-large");
    orEnded(decideStepUp({ ...this.#proof, rows: this.#tally.rows }, "download", entry.askedAt, policy));
    // Written first: of two files at once at least the later one sees both.
    if (!(await this.beat())) throw new Ended("download-cancelled");
    if (entry.approver !== null) {
      if (entry.expected !== null && this.#tally.rows > entry.expected * 1.1)
        throw new Ended("download-limit");
      return;
    }
    orEnded(decideDownloadVolume(await ledger.volume(entry, dayOf(entry.askedAt)), policy));
  }

  get #proof() {
    const { secondFactor, deviceSince, networkSince, suspectedAt } = this.#job.passage.visitor.session;
    return { secondFactorAt: secondFactor?.at ?? null, deviceSince, networkSince, suspectedAt };
  }

  async #finish(writer: WorkbookWriter): Promise<void> {
    const { ledger, entry } = this.#job;
    const { clock, policy, downloads } = this.#settings;
    const destroyBy = clock() + policy.fileDays * DAY;
    const { sha256, sizeBytes } = await writer.finish(summaryOf(this.#job, this.#tally.told(), destroyBy));
    const file = { sha256, sizeBytes };
    try {
      await this.#judgeStanding();
      const at = clock();
      await this.#record({ at, outcome: "done", file }, destroyBy);
      const times = { endedAt: at, linkUntil: at + policy.linkMinutes * MINUTE, destroyBy };
      if (!(await ledger.finish(entry.id, this.#tally.counts(), file, times)))
        throw new Ended("download-cancelled");
    } catch (error) {
      await removeSealed(downloads.spool, entry.id);
      throw error;
    }
  }

  async #record(happened: Omit<Deed, "action">, destroyBy: number | null = null): Promise<void> {
    const { passage, entry } = this.#job;
    const { log, policy } = this.#settings;
    const detail = detailOf({ ...entry, ...this.#tally.counts(), destroyBy });
    const deed: Deed = { action: "download", purpose: entry.why, ...happened, detail };
    await log.append(accessOf(passage, deed, policy));
  }
}

function orEnded(judged: { readonly kind: "allow" } | Refuse): void {
  if (judged.kind === "refuse") throw new Ended(judged.reason);
}

/** What people are told of whatever ended a file. */
function reasonOf(error: unknown): Reason {
  if (error instanceof Ended) return error.reason;
  if (isLogOutage(error)) return "unavailable";
  const code = isGarimError(error) ? error.code : undefined;
  if (code === "ERR_GARIM_STATE_UNAVAILABLE") return "unavailable";
  if (code === "ERR_GARIM_WORKBOOK_SPOOL") return "download-storage-failed";
  return code === "ERR_GARIM_WORKBOOK_LIMIT" ? "download-too-large" : "download-source-failed";
}
