import { HOUR } from "@garim/policy";
import type { AccessAction, LogEntry } from "../access.ts";
import { type Found, isDamaged } from "../ask/entry.ts";
import { isFilePage } from "../download-records.ts";
import { isObserved } from "../observe/observed.ts";
import { Sampler } from "../review/sampler.ts";
import { ReviewStateReader } from "../review/state.ts";
import type { Evidence, MonthCounts, ObservedPolicy, PolicyChange, ProvenSample } from "./evidence.ts";

/** A record as it was sampled, before it is proven. */
export type Sampled = Omit<ProvenSample, "bundle" | "why">;

/** What is listed of each kind. */
const MOST_LISTED = 1_000;

interface MonthTally {
  records: number;
  answers: number;
  observed: number;
  refused: number;
  downloads: number;
  readonly actions: Map<string, { readonly action: AccessAction; readonly outcome: string; count: number }>;
  readonly signals: Map<string, number>;
}

/** Goes through the records one by one, and keeps what is evidence. */
export class EvidenceTally {
  readonly #months = new Map<string, MonthTally>();
  readonly #policies = new Map<string, ObservedPolicy>();
  readonly #changes: PolicyChange[] = [];
  readonly #reviews = new Map<string, ReviewStateReader>();
  readonly #damaged: number[] = [];
  readonly #sampler: Sampler<Sampled>;

  readonly #sealedEnd: number;

  /** @param sealedEnd - the last record that can be proven: no later one is sampled */
  constructor(seed: string, samples: number, sealedEnd: number) {
    this.#sampler = new Sampler(seed, samples);
    this.#sealedEnd = sealedEnd;
  }

  add(found: Found): void {
    if (!isDamaged(found)) this.#addEntry(found);
    else if (this.#damaged.length < MOST_LISTED) this.#damaged.push(found.seq);
  }

  sampled(): readonly Sampled[] {
    return this.#sampler.drawn();
  }

  report(): Pick<Evidence, "policies" | "changes" | "months" | "reviews" | "damaged"> {
    return {
      policies: [...this.#policies.values()],
      changes: this.#changes,
      months: [...this.#months].map(monthOf),
      reviews: [...this.#reviews.values()].map((one) => one.state()),
      damaged: this.#damaged,
    };
  }

  #addEntry(entry: LogEntry): void {
    const { seq, id, recordedAt: at, access } = entry;
    const { actor, action, detail = {} } = access;
    this.#count(entry);
    this.#observe(entry);
    // What was only observed shows nothing of how the rules are kept.
    if (!isObserved(access) && seq <= this.#sealedEnd)
      this.#sampler.offer(seq, () => ({ seq, at, id, actor, action }));
    if (action === "change-policy" && this.#changes.length < MOST_LISTED)
      this.#changes.push({ seq, at, actor, detail });
    if (action === "review") this.#addReview(String(detail["month"]), entry);
  }

  #count({ recordedAt, access }: LogEntry): void {
    const { action, outcome, reason, records } = access;
    const name = monthName(recordedAt);
    const month = this.#months.get(name) ?? {
      records: 0,
      answers: 0,
      observed: 0,
      refused: 0,
      downloads: 0,
      actions: new Map(),
      signals: new Map(),
    };
    this.#months.set(name, month);
    month.records++;
    if (isObserved(access)) month.observed++;
    else if (outcome === "refused") month.refused++;
    else if (records.length > 0) month.answers++;
    if (action === "download" && outcome !== "refused" && !isFilePage(access)) month.downloads++;
    if (action === "signal" && reason !== null)
      month.signals.set(reason, (month.signals.get(reason) ?? 0) + 1);
    const key = `${action} ${outcome}`;
    const count = month.actions.get(key) ?? { action, outcome, count: 0 };
    count.count++;
    month.actions.set(key, count);
  }

  /** What stands in each record is what was in force. A question is decided by no policy. */
  #observe({ seq, recordedAt: at, access: { policy } }: LogEntry): void {
    if (policy.edition === "none") return;
    const names = Object.keys(policy.overrides).toSorted();
    const key = JSON.stringify([policy.edition, names.map((name) => [name, policy.overrides[name]])]);
    const known = this.#policies.get(key);
    if (known === undefined && this.#policies.size === MOST_LISTED) return;
    const { records, first } = known ?? { records: 0, first: { seq, at } };
    this.#policies.set(key, { ...policy, records: records + 1, first, last: { seq, at } });
  }

  #addReview(month: string, entry: LogEntry): void {
    const reader = this.#reviews.get(month) ?? new ReviewStateReader(month);
    if (this.#reviews.size < MOST_LISTED) this.#reviews.set(month, reader);
    reader.add(entry);
  }
}

/** The month of Korea, as `2026-11`. */
function monthName(at: number): string {
  return new Date(at + 9 * HOUR).toISOString().slice(0, 7);
}

function monthOf([month, { actions, signals, ...counts }]: readonly [string, MonthTally]): MonthCounts {
  const noticed = [...signals].map(([reason, count]) => ({ reason, count }));
  return { month, ...counts, actions: [...actions.values()], signals: noticed };
}
