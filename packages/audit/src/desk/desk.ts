import type { Access, Receipt, RecordedFile } from "../access.ts";
import { isDamaged } from "../ask/entry.ts";
import { type LogFilter, readFilter, readScope } from "../ask/filter.ts";
import { type Page, type PageRequest, readPageRequest } from "../ask/page.ts";
import { type Narrow, type Question, sessions } from "../ask/question.ts";
import { readSessions, type SessionPage } from "../ask/session.ts";
import { type Charts, chartsOf } from "../chart/charts.ts";
import { beforeOf, readStretch } from "../chart/stretch.ts";
import type { RowSink } from "../export/sink.ts";
import type { Pseudonyms } from "../pseudonym.ts";
import { type Asker, accessOfAsker, type Deed } from "./asker.ts";
import { detailOf } from "./detail.ts";
import type { ReadPlaces } from "./replica.ts";
import { checkResolution, keepSeen, match, type Resolution, type ResolvedSubject } from "./resolve.ts";

/** What an answer stands on: the record of its question. */
export interface OnRecord {
  readonly record: Receipt;
}

/** How whole an answer is. */
export interface Freshness {
  /** Records from before the question that the copy which answered did not have yet; 0 unless a replica answers. */
  readonly behind: number;
}

export interface Exported extends OnRecord {
  readonly file: RecordedFile;
  readonly rows: number;
  /** How many of them cannot be read. */
  readonly damaged: number;
}

/**
 * Where somebody asks the log. Each question is on record, durably, before it is answered: who asked, for whom, with which filter.
 * Without its record there is no answer.
 *
 * Every method throws `ERR_GARIM_QUERY_INVALID` for what cannot be asked, which is not recorded, and `ERR_GARIM_LOG_UNAVAILABLE`,
 * `ERR_GARIM_LOG_BUSY` or `ERR_GARIM_LOG_CLOSED` where it cannot be recorded or read.
 *
 * @source notice-2026-9/8-1
 */
export interface AuditorDesk {
  /** Answers a page, newest first, of what was on record before the question. Recorded as `log-query`. */
  ask(question: Question, page?: PageRequest): Promise<Page & OnRecord & Freshness>;

  /**
   * Counts a stretch of time for charts: 30 days unless the filter says another, of whole hours, 400 days at most. With
   * an `actor` it is compared with the stretches before it. Recorded as `log-query`.
   */
  charts(filter?: LogFilter): Promise<{ readonly charts: Charts } & OnRecord>;

  /** Somebody's sessions, each with its end, factors and place. Recorded as `log-query`. */
  sessions(actor: string, narrow?: Narrow, page?: PageRequest): Promise<SessionPage & OnRecord & Freshness>;

  /**
   * Makes a file of everything a question finds, oldest first. Recorded as `log-query` before anything is read, and as `export-log`
   * with rows, size and SHA-256 before the file may be had; where that fails nothing remains of it.
   */
  export(question: Question, sink: RowSink): Promise<Exported>;

  /** Tells whose pseudonyms are, of the candidates only the host knows. Recorded as `resolve-subject` with its purpose. */
  resolveSubject(
    resolution: Resolution,
  ): Promise<{ readonly resolved: readonly ResolvedSubject[] } & OnRecord>;
}

export interface DeskParts {
  readonly append: (access: Access) => Promise<Receipt>;
  readonly places: ReadPlaces;
  readonly pseudonyms: Pseudonyms;
  /** UTC milliseconds. */
  readonly clock: () => number;
}

/** Opens a desk for one who asks. @throws GarimError `ERR_GARIM_QUERY_INVALID` for a scope that is none */
export function openDesk(parts: DeskParts, asker: Asker): AuditorDesk {
  const { within } = asker;
  if (within === undefined) return new Desk(parts, asker);
  const scope = readScope(within);
  const places = parts.places.narrowed((reader) => reader.within(scope));
  return new Desk({ ...parts, places }, { ...asker, within: scope });
}

class Desk implements AuditorDesk {
  readonly #parts: DeskParts;
  readonly #asker: Asker;

  constructor(parts: DeskParts, asker: Asker) {
    this.#parts = parts;
    this.#asker = asker;
  }

  async ask(question: Question, page: PageRequest = {}): Promise<Page & OnRecord & Freshness> {
    readPageRequest(page);
    const record = await this.#recordQuestion(question, page);
    const { reader, behind } = await this.#parts.places.forPage(record.seq);
    return { ...(await reader.find(question.filter, upTo(record, page))), behind, record };
  }

  async charts(filter: LogFilter = {}): Promise<{ readonly charts: Charts } & OnRecord> {
    const stretch = readStretch(filter, this.#parts.clock());
    const meant = { ...readFilter(filter), ...stretch };
    const record = await this.#recordQuestion({ verb: "charts", filter: meant }, {});
    const reader = await this.#parts.places.forFile(record.seq);
    const counted = await reader.count(meant, record.seq);
    if (meant.actor === undefined) return { charts: chartsOf(stretch, counted), record };
    const past = await reader.count({ ...meant, ...beforeOf(stretch) });
    return { charts: chartsOf(stretch, counted, past), record };
  }

  async sessions(
    actor: string,
    narrow: Narrow = {},
    page: PageRequest = {},
  ): Promise<SessionPage & OnRecord & Freshness> {
    readPageRequest(page);
    const record = await this.#recordQuestion(sessions(actor, narrow), page);
    const { reader, behind } = await this.#parts.places.forPage(record.seq);
    return { ...(await readSessions(reader, actor, narrow, upTo(record, page))), behind, record };
  }

  async export(question: Question, sink: RowSink): Promise<Exported> {
    const { format, mark } = sink;
    try {
      const asked = await this.#recordQuestion(question, {}, { format });
      const exported = await this.#fill(question, sink, asked.seq);
      const { rows, damaged, file } = exported;
      const marked = mark === undefined ? {} : { mark };
      const detail = { ...this.#detailOf(question), format, ...marked, rows, damaged };
      const record = await this.#record({ action: "export-log", ...askedOf(question), detail, file });
      await sink.release();
      return { ...exported, record };
    } catch (error) {
      await sink.discard().catch(() => undefined);
      throw error;
    }
  }

  async resolveSubject(
    resolution: Resolution,
  ): Promise<{ readonly resolved: readonly ResolvedSubject[] } & OnRecord> {
    checkResolution(resolution);
    const { places, pseudonyms } = this.#parts;
    const matched = match(resolution, (subject) => pseudonyms.everyPseudonym(subject));
    const resolved = this.#asker.within === undefined ? matched : await keepSeen(matched, places.primary);
    const record = await this.#record({
      action: "resolve-subject",
      purpose: resolution.purpose,
      asked: resolved.map(({ subject }) => subject),
      detail: {
        pseudonyms: resolution.pseudonyms.length,
        candidates: resolution.candidates.length,
        resolved: resolved.length,
      },
    });
    return { resolved, record };
  }

  async #fill(question: Question, sink: RowSink, end: number): Promise<Omit<Exported, "record">> {
    let rows = 0;
    let damaged = 0;
    const reader = await this.#parts.places.forFile(end);
    for await (const found of reader.walk(question.filter)) {
      if (found.seq >= end) break;
      await sink.write(found);
      rows++;
      if (isDamaged(found)) damaged++;
    }
    return { rows, damaged, file: await sink.finish() };
  }

  #recordQuestion(question: Question, page: PageRequest, more: Deed["detail"] = {}): Promise<Receipt> {
    // What cannot be asked is no question, and is not recorded.
    const filter = readFilter(question.filter);
    const detail = { ...this.#detailOf({ ...question, filter }, page), ...more };
    return this.#record({ action: "log-query", ...askedOf(question), detail });
  }

  #detailOf(question: Question, page?: PageRequest): NonNullable<Deed["detail"]> {
    return detailOf(question, this.#asker.within, page);
  }

  #record(deed: Deed): Promise<Receipt> {
    return this.#parts.append(accessOfAsker(this.#asker, deed, this.#parts.clock()));
  }
}

/** The question's own record is no answer to it. */
function upTo({ seq }: Receipt, page: PageRequest): PageRequest {
  return { ...page, before: Math.min(seq, page.before ?? seq) };
}

function askedOf({ filter: { subject } }: Question): Pick<Deed, "asked"> {
  return subject === undefined ? {} : { asked: [subject] };
}
