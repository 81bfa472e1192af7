import type { Actor, LogEntry } from "../access.ts";
import type { ReviewLimits } from "./limits.ts";
import type { WatchedActor, WatchedNetwork, WatchedPlace, WatchedVolume } from "./watch.ts";

/** Origins of one actor that are told apart. */
const MOST_ORIGINS = 1_000;

/** Counts of which the first record is kept. */
export class CountedPlace {
  count = 0;
  #first: WatchedPlace | null = null;

  add(place: WatchedPlace, count = 1): void {
    this.#first ??= place;
    this.count += count;
  }

  of(actor: Actor): WatchedActor {
    const { seq, at } = this.#first ?? { seq: 0, at: 0 };
    return { actor, count: this.count, seq, at };
  }
}

/** What one actor did in a month, and in those before. */
export class ActorWatch {
  readonly actor: Actor;
  readonly offHours: CountedPlace = new CountedPlace();
  readonly rows: CountedPlace = new CountedPlace();
  readonly questions: CountedPlace = new CountedPlace();
  readonly subjects: CountedPlace = new CountedPlace();
  readonly #limits: ReviewLimits;
  readonly #past: number[];
  readonly #known = new Set<string>();
  readonly #isNew = new Map<string, WatchedPlace>();
  readonly #types = new Map<string, number>();
  /** Moments of the latest answers of a single record. */
  readonly #singles: number[] = [];
  #records = 0;
  #isActive = false;

  constructor(actor: Actor, limits: ReviewLimits, pastMonths: number) {
    this.actor = actor;
    this.#limits = limits;
    this.#past = Array.from({ length: pastMonths }, () => 0);
  }

  /** A record of a month before. */
  addPast({ access }: LogEntry, month: number, shown: number): void {
    this.#past[month] = (this.#past[month] ?? 0) + shown;
    if (this.#known.size < MOST_ORIGINS) this.#known.add(access.origin.ip);
  }

  /** Any record of the month itself. */
  addOrigin({ seq, access: { at, origin } }: LogEntry): void {
    this.#isActive = true;
    const isFirst = !this.#known.has(origin.ip) && !this.#isNew.has(origin.ip);
    if (isFirst && this.#isNew.size < MOST_ORIGINS) this.#isNew.set(origin.ip, { seq, at });
  }

  /** An answer that showed data. */
  addAnswer({ seq, recordedAt, access: { at } }: LogEntry, shown: number): void {
    this.#records += shown;
    if (shown !== 1) return;
    this.#singles.push(recordedAt);
    if (this.#singles.length > this.#limits.rowLength) this.#singles.shift();
    const [first = recordedAt] = this.#singles;
    if (this.#singles.length === this.#limits.rowLength && recordedAt - first <= this.#limits.rowMs)
      this.rows.add({ seq, at });
  }

  /** A data subject that this actor had not seen in this month. */
  addSubject(type: string, place: WatchedPlace): void {
    const count = (this.#types.get(type) ?? 0) + 1;
    this.#types.set(type, count);
    if (count > this.subjects.count) this.subjects.add(place);
  }

  /** Whether there is any record of the month itself. */
  get isActive(): boolean {
    return this.#isActive;
  }

  volume(): WatchedVolume {
    return {
      actor: this.actor,
      records: this.#records,
      median: medianOf(this.#past.filter((one) => one > 0)),
    };
  }

  get isUnusualVolume(): boolean {
    const { volumeFrom, volumeTimes } = this.#limits;
    const { records, median } = this.volume();
    return records >= volumeFrom && (median === null || records > volumeTimes * median);
  }

  /** Origins that are new to somebody who was there before. */
  networks(): readonly WatchedNetwork[] {
    const { actor } = this;
    if (this.#known.size === 0 || actor.kind === "anonymous" || actor.kind === "system") return [];
    return [...this.#isNew].map(([ip, place]) => ({ actor, ip, ...place }));
  }
}

function medianOf(counts: readonly number[]): number | null {
  const sorted = counts.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  return high === undefined || low === undefined ? null : (low + high) / 2;
}
