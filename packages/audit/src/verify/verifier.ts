import { parseVerifierKey } from "../note/verifier-key.ts";
import type { Batch } from "../seal/batch-leaf.ts";
import { Aligner } from "./align.ts";
import { checkRange } from "./check-range.ts";
import { CopyReader } from "./copy.ts";
import type { CopyBatch, ProvenPart } from "./copy-part.ts";
import { type Destructions, monthOf } from "./destroyed.ts";
import {
  expectedOfBatch,
  expectedOfKept,
  foundAsExpected,
  hasLeaves,
  isIn,
  isWhole,
  provenOf,
  rowsOf,
  tellBatch,
  tellUnprovable,
} from "./expected.ts";
import { Findings, type ProvenRecord } from "./findings.ts";
import { KeptCheckpoint } from "./kept-checkpoint.ts";
import { Lanes } from "./lanes.ts";
import type { VerifyOptions } from "./options.ts";
import { checkKept, checkOutside, readKeptLeaves } from "./outside.ts";
import type { CheckedRow, RangeReport, RangeTask } from "./range.ts";
import { ReplayTally } from "./replay-tally.ts";
import { checkState, type VerifyState } from "./state.ts";
import { readBatches, StoredTree } from "./stored-tree.ts";
import { judge, type Verdict } from "./verdict.ts";

const MOST_BATCHES = 1_000;
const MOST_RECORDS = 2_000;
const RANGE_BYTES = 6_000_000;

interface Asked extends RangeTask {
  readonly isProven: boolean;
  /** Whether the records may be gone. */
  readonly isDestroyed: boolean;
  readonly source: readonly CopyBatch[];
}

/** One verification. */
export class Verifier {
  readonly #options: VerifyOptions;
  readonly #copy: CopyReader;
  readonly #stored: StoredTree;
  readonly #destructions: Destructions;
  readonly #hasKept: boolean;
  readonly #known: KeptCheckpoint | undefined;
  readonly #findings = new Findings((leaf) => this.#destructions.prove(leaf));
  readonly #aligner = new Aligner<ProvenRecord, CheckedRow>(this.#findings);
  readonly #lanes: Lanes<Asked, RangeReport>;
  readonly #replay = new ReplayTally();
  #matched = 0;
  #checked = 0;
  #bytes = 0;
  #recordsPerRange = 256;

  constructor(options: VerifyOptions, destructions: Destructions, hasKept: boolean) {
    const { database, place, origin } = options;
    const verifiers = options.keys.map(parseVerifierKey);
    this.#options = options;
    this.#destructions = destructions;
    this.#hasKept = hasKept;
    this.#known =
      options.from === undefined ? undefined : new KeptCheckpoint(options.from, verifiers, origin);
    const substitutes = (first: number, last: number): Promise<readonly Batch[]> =>
      readBatches(database, first, last);
    this.#copy = new CopyReader({ place, verifiers, origin, substitutes });
    this.#stored = new StoredTree({ database, verifiers, origin });
    const check = options.check ?? ((task: RangeTask) => checkRange(database, task));
    this.#lanes = new Lanes<Asked, RangeReport>(
      options.lanes ?? 2,
      ({ source: _source, ...task }) => check(task),
      (asked, report) => this.#take(asked, report),
    );
  }

  async run(): Promise<Verdict> {
    this.#resume(this.#options.resume);
    for await (const part of this.#copy.read()) await this.#checkPart(part);
    await this.#lanes.drain();
    this.#stored.checkResumed();
    const last = this.#copy.nextSeq - 1;
    const { counts, damages } = await checkOutside(this.#options.database);
    await this.#finishProven(last, counts.records);
    const unsealed = await this.#checkUnsealed(last, counts.batches);
    const knownUntil = this.#known?.place ?? 0;
    const isCompared = (place: number): boolean => place <= knownUntil || this.#destructions.isUsedAt(place);
    const kept = this.#hasKept ? await checkKept(this.#options.database, isCompared) : [];
    for (const damage of [...damages, ...kept, ...(this.#known?.tell() ?? [])]) this.#findings.add(damage);
    const records = [...this.#findings.tell(last), ...this.#destructions.tell()];
    const { checkpoint } = this.#copy;
    return {
      ...judge({ copy: this.#copy, stored: this.#stored, records, last }),
      proven: {
        records: this.#matched + this.#findings.matchedCount,
        until: checkpoint === undefined ? null : { place: last, moment: checkpoint.at ?? null },
      },
      knownUntil,
      unsealed,
      destroyed: this.#destructions.proven,
      replay: this.#options.isReplay === true ? this.#replay.without(records) : null,
      bytes: this.#bytes,
    };
  }

  #resume(state: VerifyState | undefined): void {
    if (state === undefined) return;
    checkState(state, this.#identity);
    this.#stored.resume(state.tree);
    this.#findings.resume(state.findings);
    this.#destructions.resume(state.destroyed);
    const { matched, checked, bytes } = state.counts;
    [this.#matched, this.#checked, this.#bytes] = [matched, checked, bytes];
    this.#replay.add({ replayed: state.replay });
  }

  get #identity(): Pick<VerifyState, "place" | "origin" | "isReplay" | "known"> {
    const { place, origin, isReplay = false } = this.#options;
    return { place: place.name, origin, isReplay, known: this.#known?.size ?? 0 };
  }

  #stateAt(batches: number): VerifyState {
    return {
      version: 1,
      ...this.#identity,
      batches,
      tree: this.#stored.state,
      findings: this.#findings.state,
      destroyed: this.#destructions.state,
      counts: { matched: this.#matched, checked: this.#checked, bytes: this.#bytes },
      replay: this.#replay.state,
    };
  }

  async #checkPart({ batches, checkpoint }: ProvenPart): Promise<void> {
    await this.#stored.grow(batches, checkpoint.note, true);
    this.#known?.pass(batches);
    const isRead = Math.max(this.#options.resume?.batches ?? 0, this.#known?.size ?? 0);
    await this.#ask(
      batches.filter(({ no }) => no > isRead),
      true,
    );
  }

  /** Cuts batches into ranges that fit into memory and lie within one destroyed month or outside of all. */
  async #ask(batches: readonly CopyBatch[], isProven: boolean): Promise<void> {
    let some: CopyBatch[] = [];
    let records = 0;
    for (const batch of batches) {
      const first = some[0];
      const isCut =
        first !== undefined &&
        (records + batch.size > this.#recordsPerRange ||
          hasLeaves(first) !== hasLeaves(batch) ||
          batch.firstSeq + batch.size > this.#destructions.nextEdge(first.firstSeq));
      if (isCut) {
        await this.#lanes.add(this.#asked(some, isProven));
        some = [];
        records = 0;
      }
      some.push(batch);
      records += batch.size;
    }
    if (some.length > 0) await this.#lanes.add(this.#asked(some, isProven));
  }

  #asked(source: readonly CopyBatch[], isProven: boolean): Asked {
    const [first, last] = [source[0], source.at(-1)];
    const places = {
      first: first?.firstSeq ?? 0,
      last: (last?.firstSeq ?? 0) + (last?.size ?? 0) - 1,
    };
    const months = new Set(source.map(({ recordedAt }) => monthOf(recordedAt)));
    const isDestroyed = this.#destructions.covers(places.first, places.last, months);
    return {
      ...places,
      leaves: Buffer.concat(source.map(({ leaves }) => leaves)),
      batches: source.map(({ size, recordedAt, root }) => ({ size, recordedAt, root })),
      isReplay: this.#options.isReplay === true,
      table: "log_record",
      isProven,
      isDestroyed,
      source,
    };
  }

  async #take(asked: Asked, report: RangeReport): Promise<void> {
    const count = asked.last - asked.first + 1;
    this.#bytes += report.bytes;
    this.#adapt(report.bytes / count);
    this.#replay.add(report);
    if (asked.isProven && asked.isDestroyed && report.rows?.length === 0) await this.#takeDestroyed(asked);
    else if (!asked.isProven) this.#takeUnsealed(asked, report);
    else if (report.rows === undefined && this.#aligner.isEven) this.#takeClean(asked, report);
    else this.#align(asked, report);
    this.#checked += count;
    this.#options.onProgress?.(this.#checked);
    // In the middle of a difference it is not known yet what it is.
    if (asked.isProven && this.#aligner.isEven)
      await this.#options.onState?.(() => this.#stateAt(asked.source.at(-1)?.no ?? 0));
  }

  #align(asked: Asked, report: RangeReport): void {
    const known = asked.source.map((batch) => expectedOfBatch(batch, asked.first, report));
    const expected = known.flatMap((records) => records ?? []);
    if (report.rows === undefined) {
      this.#aligner.push(expected, expected.map(foundAsExpected));
      return;
    }
    const blurred = asked.source.filter((_, i) => known[i] === undefined);
    for (const batch of blurred)
      this.#findings.add(tellBatch(batch, rowsOf(batch, report.rows), "the copy outside has only its root"));
    const isBlurred = ({ seq }: CheckedRow): boolean => blurred.some((batch) => isIn(batch, seq));
    this.#aligner.push(
      expected,
      report.rows.filter((row) => !isBlurred(row)),
    );
  }

  #takeClean({ first, last, leaves }: Asked, report: RangeReport): void {
    this.#matched += last - first + 1;
    const known = Buffer.from(leaves.length > 0 ? leaves : (report.leaves ?? []));
    for (const place of this.#destructions.placesIn(first, last))
      this.#destructions.prove(known.toString("hex", 32 * (place - first), 32 * (place - first) + 32));
  }

  #adapt(bytesPerRecord: number): void {
    const fitting = Math.floor(RANGE_BYTES / Math.max(200, bytesPerRecord));
    this.#recordsPerRange = Math.max(32, Math.min(MOST_RECORDS, fitting));
  }

  /** The records of a destroyed month are gone; those that outlive it must be what they were. */
  async #takeDestroyed(asked: Asked): Promise<void> {
    this.#destructions.use(asked.first, asked.last);
    if (!this.#hasKept) return;
    const { database } = this.#options;
    const kept = await checkRange(database, { ...asked, table: "log_kept", leaves: new Uint8Array() });
    const [from, to] = [asked.source[0]?.no ?? 0, asked.source.at(-1)?.no ?? 0];
    const leaves = await readKeptLeaves(database, from, to);
    const records = asked.source.flatMap((batch) => expectedOfKept(batch, leaves.get(batch.no)));
    const expected = new Map(records.map((record) => [record.place, record]));
    for (const row of kept.rows ?? []) {
      const record = expected.get(row.seq);
      if (record === undefined) this.#findings.add(tellUnprovable(row));
      else if (record.leaf === row.leaf) this.#findings.matched(record, row);
      else this.#findings.replaced(record, row);
    }
  }

  /** Nothing proves these: they are compared with what the database itself says of their batch. */
  #takeUnsealed(asked: Asked, { rows }: RangeReport): void {
    if (rows === undefined) return;
    for (const batch of asked.source) {
      const mine = rowsOf(batch, rows);
      if (!isWhole(batch, mine)) this.#findings.add(tellBatch(batch, mine, "not yet under a checkpoint"));
      else this.#findings.unproven(mine.map((row) => [provenOf(batch, row.seq, row.leaf), row]));
    }
  }

  async #finishProven(last: number, lastStored: number): Promise<void> {
    if (this.#aligner.isEven) return;
    const task = {
      first: last + 1,
      last: Math.min(lastStored, last + 4_096),
      batches: [],
      isReplay: false,
    } as const;
    const more = { ...task, leaves: new Uint8Array(), table: "log_record" } as const;
    const report = task.last < task.first ? undefined : await checkRange(this.#options.database, more);
    this.#aligner.push([], report?.rows ?? []);
    this.#findings.after(this.#aligner.finish(last));
  }

  async #checkUnsealed(last: number, batches: number): Promise<Verdict["unsealed"]> {
    const first = this.#copy.frontier.size + 1;
    for (let no = first; no <= batches; no += MOST_BATCHES) {
      const some = await readBatches(this.#options.database, no, Math.min(batches, no + MOST_BATCHES - 1));
      await this.#stored.grow(some, undefined, false);
      await this.#ask(
        some.map((batch) => ({ ...batch, leaves: new Uint8Array(), hash: new Uint8Array() })),
        false,
      );
    }
    await this.#lanes.drain();
    const [end] = (await readBatches(this.#options.database, batches, batches)).map(
      ({ firstSeq, size }) => firstSeq + size - 1,
    );
    return end === undefined || end <= last ? null : { first: last + 1, last: end };
  }
}
