import type { LogDatabase } from "../database.ts";
import { rootOf } from "../merkle/tree.ts";
import { parseVerifierKey } from "../note/verifier-key.ts";
import type { Batch } from "../seal/batch-leaf.ts";
import type { CheckpointPlace } from "../seal/place.ts";
import { Aligner } from "./align.ts";
import { checkRange } from "./check-range.ts";
import { type CopyBatch, CopyReader, isEqual, type ProvenPart } from "./copy.ts";
import { type Damage, type Destroyed, isOfRecord } from "./damage.ts";
import { Destructions, monthOf } from "./destroyed.ts";
import { Findings, type ProvenRecord } from "./findings.ts";
import { Lanes } from "./lanes.ts";
import { checkKept, checkOutside, hasKeptTable, readKeptLeaves } from "./outside.ts";
import type { CheckedRow, Difference, RangeReport, RangeTask, Unknown } from "./range.ts";
import { checkState, type VerifyState } from "./state.ts";
import { readBatches, StoredTree } from "./stored-tree.ts";

export interface VerifyOptions {
  readonly database: LogDatabase;
  /** The copy outside the database. */
  readonly place: CheckpointPlace;
  /** Public keys, `name+id+base64`, of all who signed. */
  readonly keys: readonly string[];
  /** Names the log in its checkpoints. */
  readonly origin: string;
  /** Makes every decision again. */
  readonly isReplay?: boolean;
  /** Checks a range elsewhere, as in a worker; here unless given. */
  readonly check?: (task: RangeTask) => Promise<RangeReport>;
  /** Ranges that are checked at once; 2 unless given. */
  readonly lanes?: number;
  /** Goes on where an earlier verification was. */
  readonly resume?: VerifyState;
  /** Told that there is a new state to keep; asking for it costs something. Awaited. */
  readonly onState?: (state: () => VerifyState) => void | Promise<void>;
  /** Told how many records are checked. */
  readonly onProgress?: (records: number) => void;
}

/** What stands, and what does not. */
export interface Verdict {
  readonly isIntact: boolean;
  /** The first record that is wrong, or what else is wrong where no record is; `null` where nothing is. */
  readonly first: Damage | null;
  /** Records first, by place; then the tree in the database, and the copy. */
  readonly damages: readonly Damage[];
  /** More of them than are listed. */
  readonly unlisted: number;
  readonly proven: {
    /** Records that are, byte for byte, what was recorded. */
    readonly records: number;
    /** The last place that a checkpoint outside covers, and its moment in UTC milliseconds; `null` where none does. */
    readonly until: { readonly place: number; readonly moment: number | null } | null;
  };
  /** Records after the last checkpoint: whole in themselves, and not yet proven. */
  readonly unsealed: { readonly first: number; readonly last: number } | null;
  readonly destroyed: readonly Destroyed[];
  /** `null` unless asked for. */
  readonly replay: {
    readonly decisions: number;
    readonly differences: readonly Difference[];
    readonly unknown: readonly Unknown[];
  } | null;
  /** Bytes of records that were hashed. */
  readonly bytes: number;
}

const MOST_LISTED = 1_000;
const MOST_RECORDS = 2_000;
const RANGE_BYTES = 6_000_000;
/** A copy may be so far behind: three times the longest that a place waits by itself (ours). */
const LAG_MS = 180_000;

/**
 * Verifies the whole log: the copy outside proves itself by its signatures, and the database is compared with it, byte for byte.
 * Only the copy and the public keys are trusted.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` for a key that is none; whatever database and place throw
 */
export async function verifyLog(options: VerifyOptions): Promise<Verdict> {
  const hasKept = await hasKeptTable(options.database);
  const destructions = await Destructions.read(options.database, hasKept);
  return new Verifier(options, destructions, hasKept).run();
}

interface Asked extends RangeTask {
  readonly isProven: boolean;
  /** Whether the records may be gone. */
  readonly isDestroyed: boolean;
  readonly source: readonly CopyBatch[];
}

class Verifier {
  readonly #options: VerifyOptions;
  readonly #copy: CopyReader;
  readonly #stored: StoredTree;
  readonly #destructions: Destructions;
  readonly #hasKept: boolean;
  readonly #findings = new Findings((place) => this.#destructions.prove(place, place));
  readonly #aligner = new Aligner<ProvenRecord, CheckedRow>(this.#findings);
  readonly #lanes: Lanes<Asked, RangeReport>;
  readonly #differences: Difference[] = [];
  readonly #unknown: Unknown[] = [];
  #decisions = 0;
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
    const isCompared = (place: number): boolean => this.#destructions.isUsedAt(place);
    const kept = this.#hasKept ? await checkKept(this.#options.database, isCompared) : [];
    for (const damage of [...damages, ...kept]) this.#findings.add(damage);
    return this.#judge(last, unsealed);
  }

  #resume(state: VerifyState | undefined): void {
    if (state === undefined) return;
    checkState(state, this.#identity);
    this.#stored.resume(state.tree);
    this.#findings.resume(state.findings);
    this.#destructions.resume(state.destroyed);
    const { matched, checked, bytes, decisions } = state.counts;
    [this.#matched, this.#checked, this.#bytes, this.#decisions] = [matched, checked, bytes, decisions];
    this.#differences.push(...state.differences);
    this.#unknown.push(...state.unknown);
  }

  get #identity(): Pick<VerifyState, "place" | "origin" | "isReplay"> {
    const { place, origin, isReplay = false } = this.#options;
    return { place: place.name, origin, isReplay };
  }

  #stateAt(batches: number): VerifyState {
    return {
      version: 1,
      ...this.#identity,
      batches,
      tree: this.#stored.state,
      findings: this.#findings.state,
      destroyed: this.#destructions.state,
      counts: {
        matched: this.#matched,
        checked: this.#checked,
        bytes: this.#bytes,
        decisions: this.#decisions,
      },
      differences: [...this.#differences],
      unknown: [...this.#unknown],
    };
  }

  async #checkPart({ batches, checkpoint }: ProvenPart): Promise<void> {
    await this.#stored.grow(batches, checkpoint.note, true);
    await this.#ask(
      batches.filter(({ no }) => no > (this.#options.resume?.batches ?? 0)),
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
    this.#keepReplayed(report);
    if (asked.isDestroyed && report.rows?.length === 0) await this.#takeDestroyed(asked);
    else if (!asked.isProven) this.#takeUnsealed(asked, report);
    else if (report.rows === undefined && this.#aligner.isEven) this.#takeClean(asked);
    else this.#align(asked, report);
    this.#checked += count;
    this.#options.onProgress?.(this.#checked);
    // In the middle of a difference it is not known yet what it is.
    if (asked.isProven && this.#aligner.isEven)
      await this.#options.onState?.(() => this.#stateAt(asked.source.at(-1)?.no ?? 0));
  }

  #align(asked: Asked, report: RangeReport): void {
    const known = asked.source.map((batch) => expectedOfBatch(batch, asked, report));
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

  #takeClean({ first, last }: Asked): void {
    this.#matched += last - first + 1;
    this.#destructions.prove(first, last);
  }

  #adapt(bytesPerRecord: number): void {
    const fitting = Math.floor(RANGE_BYTES / Math.max(200, bytesPerRecord));
    this.#recordsPerRange = Math.max(32, Math.min(MOST_RECORDS, fitting));
  }

  #keepReplayed({ replayed }: RangeReport): void {
    if (replayed === undefined) return;
    this.#decisions += replayed.decisions;
    this.#differences.push(...replayed.differences);
    this.#unknown.push(...replayed.unknown);
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
      else if (record.leaf === row.leaf) {
        this.#findings.matched(record, row);
        this.#destructions.prove(row.seq, row.seq);
      } else this.#findings.replaced(record, row);
    }
  }

  /** Nothing proves these: they are compared with what the database itself says of their batch. */
  #takeUnsealed(asked: Asked, { rows }: RangeReport): void {
    if (rows === undefined) return;
    for (const batch of asked.source) {
      const mine = rowsOf(batch, rows);
      if (mine.length !== batch.size || !isEqual(rootOfRows(mine), batch.root))
        this.#findings.add(tellBatch(batch, mine, "not yet under a checkpoint"));
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
    for (let no = first; no <= batches; no += MOST_LISTED) {
      const some = await readBatches(this.#options.database, no, Math.min(batches, no + MOST_LISTED - 1));
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

  #judge(last: number, unsealed: Verdict["unsealed"]): Verdict {
    const { checkpoint } = this.#copy;
    const records = [...this.#findings.tell(last), ...this.#destructions.tell()];
    const around = [...this.#stored.damages, ...this.#copy.damages, ...this.#judgeCopy(last)];
    const all = this.#joinFork([...records, ...around], last);
    const damages = all.toSorted(byWeight);
    const bad = new Set(records.flatMap(({ seq }) => seq));
    return {
      isIntact: damages.length === 0 && checkpoint !== undefined,
      first: damages[0] ?? null,
      damages: damages.slice(0, MOST_LISTED),
      unlisted: Math.max(0, damages.length - MOST_LISTED),
      proven: {
        records: this.#matched + this.#findings.matchedCount,
        until: checkpoint === undefined ? null : { place: last, moment: checkpoint.at ?? null },
      },
      unsealed,
      destroyed: this.#destructions.proven,
      replay:
        this.#options.isReplay === true
          ? {
              decisions: this.#decisions,
              differences: this.#differences.filter(({ seq }) => !bad.has(seq)),
              unknown: this.#unknown,
            }
          : null,
      bytes: this.#bytes,
    };
  }

  /** Where the database knows of checkpoints that the copy has not, somebody cut the copy off, or it takes nothing any more. */
  #judgeCopy(last: number): readonly Damage[] {
    const { checkpoint } = this.#copy;
    const say = (what: string): readonly Damage[] => [{ kind: "copy", seq: last + 1, last: last + 1, what }];
    if (checkpoint === undefined)
      return say("the copy holds no checkpoint that a trusted key signed: nothing is proven");
    const { size, at = 0 } = this.#stored.newest;
    if (size <= checkpoint.size || at - (checkpoint.at ?? 0) <= LAG_MS) return [];
    return say(
      `the copy ends with the checkpoint over ${checkpoint.size} batches, and the database has one over ${size} that was signed ${Math.round((at - (checkpoint.at ?? 0)) / 60_000)} minutes later: the copy was cut off, or the place takes nothing any more`,
    );
  }

  /** Two histories that were both signed: from where they part, what is in the database is the other one. */
  #joinFork(damages: readonly Damage[], last: number): readonly Damage[] {
    const { fork } = this.#stored;
    if (fork === undefined) return damages;
    const isPart = ({ kind }: Damage): boolean =>
      ["changed", "missing", "inserted", "truncated"].includes(kind);
    const first = damages.filter(isPart).toSorted((a, b) => a.seq - b.seq)[0];
    const seq = first?.seq ?? last;
    const forked: Damage = {
      kind: "forked",
      seq,
      last,
      ...(first?.id === undefined ? {} : { id: first.id }),
      what: `from here on the database has another history, and a key of ours signed it too (over ${fork.size} batches)`,
    };
    return [forked, ...damages.filter((damage) => !isPart(damage))];
  }
}

/** The records of a destroyed batch; where the copy has only its root, the leaves that were kept, if they make it. */
function expectedOfKept(batch: CopyBatch, kept: string | undefined): readonly ProvenRecord[] {
  const own = hasLeaves(batch) ? hexes(batch.leaves) : (kept?.match(/.{64}/g) ?? []);
  const isTrue = hasLeaves(batch) || (own.length === batch.size && isRoot(own, batch.root));
  return isTrue ? own.map((leaf, i) => provenOf(batch, batch.firstSeq + i, leaf)) : [];
}

function hasLeaves({ leaves }: CopyBatch): boolean {
  return leaves.length > 0;
}

function isIn(batch: Batch, seq: number): boolean {
  return seq >= batch.firstSeq && seq < batch.firstSeq + batch.size;
}

function rowsOf(batch: Batch, rows: readonly CheckedRow[]): readonly CheckedRow[] {
  return rows.filter(({ seq }) => isIn(batch, seq));
}

function provenOf(batch: Batch, place: number, leaf: string): ProvenRecord {
  return { place, leaf, recordedAt: batch.recordedAt };
}

/** The records of a batch as they were authenticated; `undefined` where only its root is known and nothing makes it. */
function expectedOfBatch(
  batch: CopyBatch,
  asked: Asked,
  report: RangeReport,
): readonly ProvenRecord[] | undefined {
  const leaves = hasLeaves(batch) ? hexes(batch.leaves) : leavesByRoot(batch, asked, report);
  return leaves?.map((leaf, i) => provenOf(batch, batch.firstSeq + i, leaf));
}

function hexes(leaves: Uint8Array): readonly string[] {
  const bytes = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.length);
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.toString("hex", 32 * i, 32 * i + 32));
}

/** What makes the batch's root are its leaves, wherever they come from: the records, or the hashes stored beside them. */
function leavesByRoot(batch: CopyBatch, asked: Asked, report: RangeReport): readonly string[] | undefined {
  const begin = 32 * (batch.firstSeq - asked.first);
  if (report.rows === undefined)
    return hexes(report.leaves?.subarray(begin, begin + 32 * batch.size) ?? new Uint8Array());
  const mine = rowsOf(batch, report.rows);
  const candidates = [mine.map(({ leaf }) => leaf), mine.map(({ storedLeaf }) => storedLeaf)];
  return candidates.find((leaves) => leaves.length === batch.size && isRoot(leaves, batch.root));
}

function isRoot(leaves: readonly string[], root: Uint8Array): boolean {
  if (!leaves.every((leaf) => leaf.length === 64)) return false;
  return isEqual(rootOf(leaves.map((leaf) => Buffer.from(leaf, "hex"))), root);
}

function rootOfRows(rows: readonly CheckedRow[]): Uint8Array {
  return rootOf(rows.map(({ leaf }) => Buffer.from(leaf, "hex")));
}

function foundAsExpected({ place, leaf, recordedAt }: ProvenRecord): CheckedRow {
  return { seq: place, leaf, storedLeaf: leaf, recordedAt, id: null, action: null, wrong: [] };
}

/** A batch of which only the root is known is wrong as a whole; which record it is can only be guessed. */
function tellBatch(batch: Batch, rows: readonly CheckedRow[], why: string): Damage {
  const likely = rows.find((row) => row.leaf !== row.storedLeaf);
  const which =
    rows.length !== batch.size
      ? `batch ${batch.no} has ${rows.length} records instead of ${batch.size}`
      : `the records of batch ${batch.no} are not those of its root${likely === undefined ? "" : "; likely it is this one"}`;
  return {
    kind: rows.length < batch.size ? "missing" : "changed",
    seq: likely?.seq ?? batch.firstSeq,
    last: likely?.seq ?? batch.firstSeq + batch.size - 1,
    ...(likely?.id == null ? {} : { id: likely.id }),
    what: `${which} (${why})`,
  };
}

function tellUnprovable({ seq, id }: CheckedRow): Damage {
  const what = "it was kept when its month was destroyed, and nothing in the copy outside proves it";
  return { kind: "inserted", seq, last: seq, ...(id === null ? {} : { id }), what };
}

/** Records first, then what stands around them. */
function byWeight(one: Damage, other: Damage): number {
  return Number(isOfRecord(other)) - Number(isOfRecord(one)) || one.seq - other.seq;
}
