import { createHash } from "node:crypto";
import type { Disclosure, Reason } from "@garim/policy";
import type { AccessAction, Actor, LogEntry, LoggedAccess } from "../access.ts";
import { type Found, isDamaged } from "../ask/entry.ts";
import type { DamagedRecord } from "../ask/page.ts";
import { downloadOf, isFilePage, rowsOfDownload } from "../download-records.ts";
import { RIGHTS_ACTIONS } from "../lasting-actions.ts";
import { isObserved } from "../observe/observed.ts";
import { SubjectTable } from "../scope/subject-table.ts";
import { ActorWatch, CountedPlace } from "./actor-watch.ts";
import { isOffHours } from "./hours.ts";
import { REVIEW_LIMITS, type ReviewLimits } from "./limits.ts";
import type { ReviewMonth } from "./month.ts";
import { Sampler } from "./sampler.ts";
import type {
  Listed,
  MonthWatch,
  SampledRecord,
  WatchedDownload,
  WatchedFile,
  WatchedRefusal,
  WatchedSignal,
} from "./watch.ts";

/** Rows of each list. */
const MOST_LISTED = 500;
const MOST_ACTORS = 50_000;
const MOST_FILES = 50_000;
/** Pairs of an actor and a data subject: about 180 MB. */
const MOST_PAIRS = 5_000_000;

const NOTICED: readonly AccessAction[] = ["signal", "reactivate-account"];
const QUESTIONS: readonly AccessAction[] = ["log-query", "export-log", "resolve-subject"];

interface RefusedTally {
  readonly actor: Actor;
  readonly action: AccessAction;
  readonly reason: Reason | null;
  readonly counted: CountedPlace;
}

/** Goes through the records of a month and those before it, one by one, and keeps what is to be looked at. */
export class WatchTally {
  readonly #month: ReviewMonth;
  readonly #limits: ReviewLimits;
  readonly #actors = new Map<string, ActorWatch>();
  readonly #pairs = new SubjectTable();
  readonly #sampler: Sampler<SampledRecord>;
  readonly #downloads: WatchedDownload[] = [];
  readonly #undestroyed = new Map<string, WatchedFile>();
  readonly #signals: WatchedSignal[] = [];
  readonly #refused = new Map<string, RefusedTally>();
  readonly #rights = new Map<AccessAction, number>();
  readonly #damaged: DamagedRecord[] = [];
  #counts = {
    records: 0,
    answers: 0,
    downloads: 0,
    withoutPurpose: 0,
    signals: 0,
    gaps: 0,
    damaged: 0,
    observed: 0,
  };
  #isWhole = true;

  /** @param seed - hex; what the sample is drawn by */
  constructor(month: ReviewMonth, seed: string, limits: ReviewLimits = REVIEW_LIMITS) {
    this.#month = month;
    this.#limits = limits;
    this.#sampler = new Sampler(seed, limits.sample);
  }

  add(found: Found): void {
    if (isDamaged(found)) {
      this.#addDamaged(found);
      return;
    }
    if (found.recordedAt >= this.#month.to) return;
    this.#addFile(found);
    if (found.recordedAt < this.#month.from) this.#addPast(found);
    else this.#addRecord(found);
  }

  watch(): MonthWatch {
    const { records, answers, downloads, withoutPurpose, signals, gaps, damaged, observed } = this.#counts;
    const actors = [...this.#actors.values()];
    const counted = (pick: (one: ActorWatch) => CountedPlace, least = 1) =>
      listMost(
        actors.filter((one) => pick(one).count >= least).map((one) => pick(one).of(one.actor)),
        ({ count }) => count,
      );
    return {
      records,
      answers,
      // Left out where there are none: the account of a month that was signed before must come out the same.
      ...(observed === 0 ? {} : { observed }),
      actors: actors.filter(({ isActive }) => isActive).length,
      downloads: { rows: this.#downloads, more: downloads - this.#downloads.length },
      withoutPurpose,
      undestroyed: this.#listUndestroyed(),
      offHours: counted(({ offHours }) => offHours),
      volume: listMost(
        actors.filter((one) => one.isUnusualVolume).map((one) => one.volume()),
        (one) => one.records,
      ),
      subjects: counted(({ subjects }) => subjects, this.#limits.manySubjects),
      rows: counted(({ rows }) => rows),
      networks: listMost(
        actors.flatMap((one) => one.networks()),
        ({ seq }) => -seq,
      ),
      signals: { rows: this.#signals, more: signals - this.#signals.length },
      refused: this.#listRefused(),
      rights: listMost(
        [...this.#rights].map(([action, count]) => ({ action, count })),
        ({ count }) => count,
      ),
      auditors: counted(({ questions }) => questions),
      gaps,
      damaged: { rows: this.#damaged, more: damaged - this.#damaged.length },
      sample: this.#sampler.drawn(),
      isWhole: this.#isWhole,
    };
  }

  #addDamaged(found: DamagedRecord): void {
    this.#counts.damaged++;
    if (this.#damaged.length < MOST_LISTED) this.#damaged.push(found);
  }

  #addPast(entry: LogEntry): void {
    const month = this.#month.past.findLastIndex((from) => entry.recordedAt >= from);
    if (month !== -1) this.#actorOf(entry.access.actor)?.addPast(entry, month, shownBy(entry));
  }

  #addRecord(entry: LogEntry): void {
    const { action, outcome } = entry.access;
    this.#counts.records++;
    const actor = this.#actorOf(entry.access.actor);
    actor?.addOrigin(entry);
    if (action === "download") this.#addDownload(entry);
    if (outcome === "refused" || action === "refusals") this.#addRefused(entry);
    else if (shownBy(entry) > 0) this.#addAnswer(entry, actor);
    if (action === "gap") this.#counts.gaps += entry.access.count ?? 1;
    if (NOTICED.includes(action)) this.#addSignal(entry);
    if (RIGHTS_ACTIONS.includes(action)) this.#rights.set(action, (this.#rights.get(action) ?? 0) + 1);
    if (QUESTIONS.includes(action)) actor?.questions.add({ seq: entry.seq, at: entry.access.at });
  }

  #addAnswer(entry: LogEntry, actor: ActorWatch | undefined): void {
    const { seq, id, access } = entry;
    const { at, origin, action, route, purpose, records } = access;
    this.#counts.answers++;
    if (isObserved(access)) this.#counts.observed++;
    this.#sampler.offer(seq, () => ({
      seq,
      at,
      id,
      actor: access.actor,
      action,
      ip: origin.ip,
      route,
      purpose,
      records: records.length,
    }));
    actor?.addAnswer(entry, shownBy(entry));
    if (access.actor.kind !== "tool" && isOffHours(at)) actor?.offHours.add({ seq, at });
    if (actor !== undefined) this.#addSubjects(entry, actor);
  }

  /** A pair of actor and subject is counted once. */
  #addSubjects({ seq, access }: LogEntry, watch: ActorWatch): void {
    const { at, records } = access;
    const name = nameOf(watch.actor);
    for (const { subjects, disclosure } of records)
      for (const { type, hex } of isWithheld(access, disclosure) ? [] : subjects) {
        const pair = createHash("sha256").update(`${name}\0${type}\0${hex}`).digest("hex").slice(0, 32);
        if (this.#pairs.size >= MOST_PAIRS && this.#pairs.marksOf(pair) === 0) this.#isWhole = false;
        else if (this.#pairs.mark(pair, 1)) watch.addSubject(type, { seq, at });
      }
  }

  #addDownload({ seq, access }: LogEntry): void {
    if (isFilePage(access)) return;
    const { at, actor, purpose, reason, file } = access;
    const stated = (purpose ?? "").trim() === "" ? null : purpose;
    this.#counts.downloads++;
    if (stated === null) this.#counts.withoutPurpose++;
    if (this.#downloads.length < MOST_LISTED)
      this.#downloads.push({
        seq,
        at,
        actor,
        records: rowsOfDownload(access),
        purpose: stated,
        reason,
        file: file ?? null,
      });
  }

  /** A file that left is to be destroyed, and somebody says so. */
  #addFile({ seq, access }: LogEntry): void {
    const { at, actor, action, outcome, detail } = access;
    const id = downloadOf(access);
    const dueAt = detail?.["destroyBy"];
    if (id === undefined || outcome !== "done") return;
    if (action === "destroy-download") this.#undestroyed.delete(id);
    else if (action === "fetch-download" && typeof dueAt === "number") {
      if (this.#undestroyed.size < MOST_FILES) this.#undestroyed.set(id, { seq, at, actor, dueAt });
      else this.#isWhole = false;
    }
  }

  #listUndestroyed(): Listed<WatchedFile> {
    const due = [...this.#undestroyed.values()].filter(({ dueAt }) => dueAt < this.#month.to);
    return listMost(due, ({ dueAt }) => -dueAt);
  }

  #addSignal({ seq, access: { at, actor, target, action, reason } }: LogEntry): void {
    this.#counts.signals++;
    if (this.#signals.length < MOST_LISTED)
      this.#signals.push({ seq, at, actor: target ?? actor, action, reason });
  }

  #addRefused({ seq, access: { at, actor, action, reason, count } }: LogEntry): void {
    const name = JSON.stringify([nameOf(actor), action, reason]);
    const known = this.#refused.get(name);
    if (known === undefined && this.#refused.size === MOST_ACTORS) {
      this.#isWhole = false;
      return;
    }
    const tally = known ?? { actor, action, reason, counted: new CountedPlace() };
    tally.counted.add({ seq, at }, count ?? 1);
    this.#refused.set(name, tally);
  }

  #listRefused(): Listed<WatchedRefusal> {
    const rows = [...this.#refused.values()].map(({ actor, action, reason, counted }) => ({
      ...counted.of(actor),
      action,
      reason,
    }));
    return listMost(rows, ({ count }) => count);
  }

  #actorOf(actor: Actor): ActorWatch | undefined {
    const name = nameOf(actor);
    const known = this.#actors.get(name);
    if (known !== undefined) return known;
    if (this.#actors.size === MOST_ACTORS) {
      this.#isWhole = false;
      return undefined;
    }
    const watch = new ActorWatch(actor, this.#limits, this.#month.past.length);
    this.#actors.set(name, watch);
    return watch;
  }
}

/** Records of an answer of which anything was shown. */
function shownBy({ access }: LogEntry): number {
  const { outcome, records } = access;
  return outcome === "refused"
    ? 0
    : records.filter(({ disclosure }) => !isWithheld(access, disclosure)).length;
}

/** Where a decision was only observed nothing was withheld. */
function isWithheld(access: LoggedAccess, { kind }: Disclosure): boolean {
  return kind === "withhold" && !isObserved(access);
}

function nameOf({ kind, id, sellerId }: Actor): string {
  return JSON.stringify([kind, id, sellerId]);
}

/** The largest first; equal ones as they came. */
function listMost<Row>(rows: readonly Row[], size: (row: Row) => number): Listed<Row> {
  const sorted = rows.toSorted((a, b) => size(b) - size(a));
  return { rows: sorted.slice(0, MOST_LISTED), more: Math.max(0, sorted.length - MOST_LISTED) };
}
