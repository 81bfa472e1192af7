import type { AlignListener, Expected } from "./align.ts";
import type { Damage, DamageKind } from "./damage.ts";
import { monthOf } from "./destroyed.ts";
import type { CheckedRow } from "./range.ts";
import type { FindingsState } from "./state.ts";

/** A record as it was authenticated. */
export interface ProvenRecord extends Expected {
  /** In hex. */
  readonly leaf: string;
  /** UTC milliseconds. */
  readonly recordedAt: number;
}

interface Lost {
  readonly record: ProvenRecord;
  isRenumbered: boolean;
}

/** Damages that are only counted. */
export interface Beyond {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

interface Replaced {
  readonly record: ProvenRecord;
  readonly row: CheckedRow;
}

/** So many are told apart by their hash to see which were only moved; beyond, a log is past telling. */
const MOST_TOLD = 20_000;
const MOST_LISTED = 100_000;

/** What the comparison of records told, brought into words at the end: only then it is known what was moved and what is gone. */
export class Findings implements AlignListener<ProvenRecord, CheckedRow> {
  readonly #onProven: (leaf: string) => void;
  readonly #lost: Lost[] = [];
  readonly #extra: CheckedRow[] = [];
  readonly #replaced: Replaced[] = [];
  readonly #other: Damage[] = [];
  readonly #mostListed: number;
  #beyond: Beyond | null = null;
  #last: Lost | undefined;
  /** Records that are there, as they were. */
  matchedCount = 0;

  /**
   * @param onProven - told the hash of each record whose bytes are what they were
   * @param mostListed - so many are kept one by one; of those beyond only how many they are, so that memory stays bounded
   */
  constructor(onProven: (leaf: string) => void, mostListed: number = MOST_LISTED) {
    this.#onProven = onProven;
    this.#mostListed = mostListed;
  }

  matched(record: ProvenRecord, row: CheckedRow): void {
    this.#onProven(record.leaf);
    if (this.#compareColumns(record, row)) this.matchedCount++;
  }

  /** Records that are as the database says they were: what their columns say can be compared, but nothing is proven. */
  unproven(records: readonly (readonly [ProvenRecord, CheckedRow])[]): void {
    for (const [record, row] of records) this.#compareColumns(record, row);
  }

  #compareColumns(record: ProvenRecord, row: CheckedRow): boolean {
    const wrong = [...row.wrong, ...(row.recordedAt === record.recordedAt ? [] : ["recorded_at"])];
    if (wrong.length > 0) this.#add("column", record.place, describeColumns(wrong, record, row), row.id);
    else if (row.unreadable !== undefined)
      this.#add(
        "unreadable",
        record.place,
        `it is as it was recorded, but no record: ${row.unreadable}`,
        row.id,
      );
    return wrong.length === 0 && row.unreadable === undefined;
  }

  replaced(record: ProvenRecord, row: CheckedRow): void {
    this.#last = undefined;
    if (this.#isListed(record.place)) this.#replaced.push({ record, row });
  }

  lost(record: ProvenRecord): void {
    this.#last = { record, isRenumbered: false };
    if (this.#isListed(record.place)) this.#lost.push(this.#last);
  }

  extra(row: CheckedRow): void {
    this.#last = undefined;
    if (this.#isListed(row.seq)) this.#extra.push(row);
  }

  renumbered(): void {
    if (this.#last !== undefined) this.#last.isRenumbered = true;
  }

  misplaced(record: ProvenRecord, row: CheckedRow): void {
    this.#add(
      "reordered",
      Math.min(record.place, row.seq),
      `the record of place ${record.place} has place ${row.seq} now`,
      row.id,
    );
  }

  /** What stands after the last that was authenticated: not yet proven, unless it is one of those that are gone before. */
  after(rows: readonly CheckedRow[]): void {
    const gone = new Set([...this.#lost, ...this.#replaced].map(({ record }) => record.leaf));
    this.#extra.push(...rows.filter(({ leaf }) => gone.has(leaf)));
  }

  /** What is found so far, as plain data. */
  get state(): FindingsState {
    const { matchedCount } = this;
    return {
      lost: [...this.#lost],
      extra: [...this.#extra],
      replaced: [...this.#replaced],
      other: [...this.#other],
      beyond: this.#beyond,
      matchedCount,
    };
  }

  /** Goes on from an earlier state. */
  resume({ lost, extra, replaced, other, beyond, matchedCount }: FindingsState): void {
    this.#beyond = beyond;
    this.#lost.push(...lost);
    this.#extra.push(...extra);
    this.#replaced.push(...replaced);
    this.#other.push(...other);
    this.matchedCount = matchedCount;
  }

  /** A damage somebody else saw. */
  add(damage: Damage): void {
    this.#other.push(damage);
  }

  #isListed(seq: number): boolean {
    const listed = this.#lost.length + this.#extra.length + this.#replaced.length + this.#other.length;
    if (listed < this.#mostListed) return true;
    const { first, count } = this.#beyond ?? { first: seq, count: 0 };
    this.#beyond = { first, last: seq, count: count + 1 };
    return false;
  }

  #add(kind: DamageKind, seq: number, what: string, id: string | null): void {
    if (this.#isListed(seq)) this.#other.push({ kind, seq, last: seq, ...(id === null ? {} : { id }), what });
  }

  /**
   * All damages of records, by place.
   *
   * @param last - the last place that was authenticated
   */
  tell(last: number): readonly Damage[] {
    const lostLeaves = new Map<string, number>();
    for (const { record } of this.#lost)
      if (lostLeaves.size < MOST_TOLD) lostLeaves.set(record.leaf, record.place);
    for (const { record } of this.#replaced)
      if (lostLeaves.size < MOST_TOLD) lostLeaves.set(record.leaf, record.place);
    const foundLeaves = new Map<string, CheckedRow>();
    for (const row of [...this.#extra, ...this.#replaced.map((one) => one.row)])
      if (foundLeaves.size < MOST_TOLD) foundLeaves.set(row.leaf, row);
    const damages = [
      ...this.#lost.map((lost) => tellLost(lost, foundLeaves.get(lost.record.leaf))),
      ...this.#extra.flatMap((row) => (lostLeaves.has(row.leaf) ? [] : [tellExtra(row)])),
      ...this.#replaced.map(({ record, row }) => tellReplaced(record, row, lostLeaves.get(row.leaf))),
      ...this.#other,
      ...(this.#beyond === null ? [] : [tellBeyond(this.#beyond)]),
    ];
    return markTail(joinRuns(damages.toSorted((a, b) => a.seq - b.seq)), last);
  }
}

function describeColumns(wrong: readonly string[], record: ProvenRecord, row: CheckedRow): string {
  const columns = `column${wrong.length === 1 ? "" : "s"} ${wrong.join(", ")}`;
  const [was, is] = [monthOf(record.recordedAt), monthOf(row.recordedAt)];
  const moved = was === is ? "" : `; it was moved from the month ${was} to ${is}`;
  return `its bytes are as they were recorded, but its ${columns} ${wrong.length === 1 ? "says" : "say"} something else${moved}`;
}

function tellLost({ record, isRenumbered }: Lost, elsewhere: CheckedRow | undefined): Damage {
  const { place } = record;
  if (elsewhere !== undefined) {
    const seq = Math.min(place, elsewhere.seq);
    const what = `the record of place ${place} stands at place ${elsewhere.seq} now`;
    return { kind: "reordered", seq, last: Math.max(place, elsewhere.seq), ...idOf(elsewhere), what };
  }
  const more = isRenumbered ? ", and those after it were given other places" : "";
  return { kind: "missing", seq: place, last: place, what: `it is gone${more}` };
}

function tellExtra(row: CheckedRow): Damage {
  const what = "a record stands here that was not recorded at this place";
  return { kind: "inserted", seq: row.seq, last: row.seq, ...idOf(row), what };
}

function tellReplaced(record: ProvenRecord, row: CheckedRow, from: number | undefined): Damage {
  const { place } = record;
  if (from !== undefined) {
    const what = `the record of place ${from} stands here now`;
    return { kind: "reordered", seq: place, last: place, ...idOf(row), what };
  }
  const also = row.storedLeaf === row.leaf ? ", and its stored hash with them" : "";
  const what = `its bytes are not those that were recorded${also}`;
  return { kind: "changed", seq: place, last: place, ...idOf(row), what };
}

function tellBeyond({ first, last, count }: Beyond): Damage {
  const what = `${count} more records are changed, gone or were not recorded at their place: too many to name each`;
  return { kind: "changed", seq: first, last, what };
}

function idOf({ id }: CheckedRow): { readonly id?: string } {
  return id === null ? {} : { id };
}

/** The same wrong of records that follow each other is said once. */
function joinRuns(damages: readonly Damage[]): readonly Damage[] {
  const joined: Damage[] = [];
  for (const damage of damages) {
    const before = joined.at(-1);
    const isRun =
      before !== undefined &&
      before.kind === damage.kind &&
      before.what === damage.what &&
      damage.seq === before.last + 1;
    if (isRun) joined[joined.length - 1] = { ...before, last: damage.last };
    else joined.push(damage);
  }
  return joined;
}

/** What is missing to the very end was cut off. */
function markTail(damages: readonly Damage[], last: number): readonly Damage[] {
  return damages.map((damage) =>
    damage.kind === "missing" && damage.last === last
      ? { ...damage, kind: "truncated", what: "the end of the log is gone from here on" }
      : damage,
  );
}
