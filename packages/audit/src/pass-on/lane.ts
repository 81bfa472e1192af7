import { type GarimError, isGarimError } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import { EntryQueue } from "./entry-queue.ts";
import { sinkFails, sinkHangs, sinkLost, sinkOverflows, sinkRefused, sinkUnclosed } from "./fault.ts";
import type { ForwardLimits } from "./limits.ts";
import { addToLoss, type Loss, NO_LOSS } from "./loss.ts";
import { Pause } from "./pause.ts";
import type { RecordSink } from "./sink.ts";

/** A sink that hangs keeps what it was given; more calls than these it does not get before one of them ends. */
const MAX_UNANSWERED = 3;

/** The way to one sink: what waits for it, and one `send` at a time. Nothing here ever throws at who offers. */
export class SinkLane {
  readonly #sink: RecordSink;
  readonly #limits: ForwardLimits;
  readonly #say: (error: GarimError) => void;
  readonly #queue: EntryQueue;
  readonly #pause = new Pause();
  /** What is being sent: it stays until the sink took or refused it. */
  #batch: readonly LogEntry[] = [];
  #running: Promise<void> | undefined;
  #failures = 0;
  #unanswered = 0;
  /** Since the sink last took records. */
  #isFaulty = false;
  #loss: Loss = NO_LOSS;
  /** How many of the lost were told of. */
  #saidLost = 0;
  #isOver = false;

  constructor(sink: RecordSink, limits: ForwardLimits, say: (error: GarimError) => void) {
    this.#sink = sink;
    this.#limits = limits;
    this.#say = say;
    this.#queue = new EntryQueue(limits.queueRecords, limits.queueBytes);
  }

  /** Records that wait or are being sent. */
  get waiting(): number {
    return this.#queue.size + this.#batch.length;
  }

  offer(entry: LogEntry): void {
    const { name } = this.#sink;
    if (this.#isOver) {
      this.#drop([entry], (loss) => sinkLost(name, loss));
      return;
    }
    const dropped = this.#queue.push(entry);
    if (dropped.length > 0) this.#drop(dropped, (loss) => sinkOverflows(name, loss));
    this.#running ??= this.#run();
  }

  /** Waits for what is not passed on, but not longer than the limit; what is left then is said. */
  async close(): Promise<void> {
    const { closeMs } = this.#limits;
    this.#pause.cut();
    await endsWithin(closeMs, this.#running);
    this.#isOver = true;
    const left = [...this.#batch, ...this.#queue.take(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)];
    this.#batch = [];
    if (left.length > 0) this.#loss = addToLoss(this.#loss, left);
    this.#sayLoss();
    // A sink that hangs is not asked to end what it does not end.
    if (this.#unanswered === 0) await endsWithin(closeMs, this.#closeSink());
  }

  async #run(): Promise<void> {
    // Entries of one turn of the event loop share a batch, and nothing of a sink runs while one is offered.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#fill()) {
      await this.#sendOnce();
      if (this.#failures > 0 && !this.#isOver) await this.#pause.wait(this.#backoffMs());
    }
    this.#running = undefined;
  }

  #fill(): boolean {
    if (this.#isOver) return false;
    if (this.#batch.length === 0)
      this.#batch = this.#queue.take(this.#limits.batchRecords, this.#limits.batchBytes);
    return this.#batch.length > 0;
  }

  async #sendOnce(): Promise<void> {
    try {
      await this.#ask(this.#batch);
      this.#taken();
    } catch (error) {
      if (!this.#isOver) this.#failed(error);
    }
  }

  /** Asks the sink, but not longer than its deadline. A late end changes nothing, but that it may be asked again. */
  async #ask(batch: readonly LogEntry[]): Promise<void> {
    const { deadlineMs } = this.#limits;
    const hangs = sinkHangs(this.#sink.name, deadlineMs);
    if (this.#unanswered >= MAX_UNANSWERED) throw hangs;
    const abort = new AbortController();
    const answer = this.#call(batch, abort.signal);
    if (await endsWithin(deadlineMs, answer, { isWaitedFor: false })) return;
    abort.abort(hangs);
    throw hangs;
  }

  async #call(batch: readonly LogEntry[], signal: AbortSignal): Promise<void> {
    this.#unanswered++;
    try {
      await this.#sink.send(batch, signal);
    } finally {
      this.#unanswered--;
    }
  }

  #taken(): void {
    this.#batch = [];
    this.#failures = 0;
    this.#isFaulty = false;
    this.#sayLoss();
  }

  #failed(error: unknown): void {
    this.#failures++;
    const { name } = this.#sink;
    if (isGarimError(error) && error.code === "ERR_GARIM_SINK_REFUSED") {
      const refused = this.#batch;
      this.#batch = [];
      this.#drop(refused, (loss) => sinkRefused(name, loss, error));
    } else if (!this.#isFaulty) this.#say(sinkFails(name, this.#limits.queueRecords, error));
    this.#isFaulty = true;
  }

  /** Counts what is lost; the first of an outage is told at once, the sum when it is over. */
  #drop(entries: readonly LogEntry[], faultOf: (loss: Loss) => GarimError): void {
    const isFirst = this.#loss.count === 0;
    this.#loss = addToLoss(this.#loss, entries);
    if (!isFirst) return;
    this.#saidLost = this.#loss.count;
    this.#say(faultOf(this.#loss));
  }

  #sayLoss(): void {
    if (this.#loss.count > this.#saidLost) this.#say(sinkLost(this.#sink.name, this.#loss));
    this.#loss = NO_LOSS;
    this.#saidLost = 0;
  }

  async #closeSink(): Promise<void> {
    try {
      await this.#sink.close?.();
    } catch (error) {
      this.#say(sinkUnclosed(this.#sink.name, error));
    }
  }

  /** Doubles, each between half and all of it, so that nodes do not come back together. */
  #backoffMs(): number {
    const { firstPauseMs, longestPauseMs } = this.#limits;
    return Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1)) * (0.5 + Math.random() / 2);
  }
}

/**
 * Whether the work ended in time; it throws what the work throws.
 *
 * @param isWaitedFor - `false` where a process may end meanwhile
 */
async function endsWithin(
  ms: number,
  work: Promise<void> | undefined,
  { isWaitedFor = true }: { readonly isWaitedFor?: boolean } = {},
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
    if (!isWaitedFor) timer.unref();
  });
  try {
    return await Promise.race([Promise.resolve(work).then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
