import { createHash, randomUUID } from "node:crypto";
import { DAY, decideConfirmer, decideDestruction, HOUR } from "@garim/policy";
import { readId, readLine, refuseMember } from "../input.ts";
import { createTeller, type Keeper, nameOf } from "../on-record.ts";
import type { KeepingOptions } from "../options.ts";
import { askRow, askRowAgain } from "../store/database.ts";
import { migrateDuties } from "../tables/migration.ts";
import { holdsOf } from "./data-hold.ts";
import { createDataHolds } from "./data-holds.ts";
import type { DataRetention, Destruction } from "./destruction.ts";
import { boundOf, type DueRecord, type DueView, type EndStep, judgeRecord } from "./due.ts";
import { listDue } from "./due-list.ts";
import { readLimit, readPageCursor } from "./paging.ts";
import { checkDone, checkPage, type RecordHost } from "./record-host.ts";
import { BEGIN, CONFIRM, FIND, FINISH, LIST, PROOFS, SWEEP } from "./retention-sql.ts";
import type { Schedule, Schedules } from "./schedule.ts";
import { createToolCalls, hashOf } from "./tool-calls.ts";

export interface DataRetentionOptions extends KeepingOptions {
  readonly schedules: Schedules;
  /** The host's own records; without them nothing is listed or destroyed here. */
  readonly records?: RecordHost;
}

const MOST_RECORDS = 1_000;
/** Which records went is known by their ids so long; that they went stays in the certificate and in the log. */
const KEPT_DAYS = 365;

/** What is written of a destruction besides its row's columns. */
interface Body extends Pick<Destruction, "method" | "apartIn" | "asked" | "records" | "list"> {
  readonly endedFrom: number | null;
  readonly endedTo: number | null;
  readonly owedByTools: number;
}

/** The ids of order lines that records are of. */
type LinesOf = (ids: readonly string[]) => readonly string[];

type Row = Omit<Destruction, keyof Body | "duty"> & { readonly body: Body };

/**
 * Opens what ends the host's records.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createRetention(options: DataRetentionOptions): Promise<DataRetention> {
  const { database, append, policy, schedules, records: host, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const holds = createDataHolds(database, tell, clock);
  const calls = createToolCalls(database, host, tell, clock);

  function judge({ body, ...row }: Row): Destruction {
    const { step, finishedAt, confirmedAt } = row;
    const isDone = step === "destroy" && finishedAt !== null;
    const facts = {
      purposeEndedAt: body.endedTo,
      keeps: [],
      isHeld: false,
      destroyedAt: finishedAt,
      confirmedAt,
    };
    const decided = isDone ? decideDestruction(facts, clock(), policy) : null;
    return { ...row, ...body, duty: decided?.kind === "keep" ? null : decided };
  }

  async function find(id: string): Promise<Destruction | null> {
    const { found } = await askRow(database, FIND, [readId("id", id)]);
    return typeof found === "string" ? judge(JSON.parse(found)) : null;
  }

  /** The records are noted first, and only then the holds looked at: who places a hold meanwhile finds what is under way. */
  async function end(
    step: EndStep,
    due: readonly DueRecord[],
    schedule: Schedule,
    linesOf: LinesOf,
    keeper: Keeper,
  ): Promise<Destruction> {
    const id = randomUUID();
    const { recordType, method, apartIn } = schedule;
    const bodyOf = (some: readonly DueRecord[], asked: number, owedByTools: number): Body => {
      const ends = some.flatMap(({ purposeEndedAt }) => purposeEndedAt ?? []).toSorted((a, b) => a - b);
      const [endedFrom, endedTo] = [ends[0] ?? null, ends.at(-1) ?? null];
      const list = hashOf(some.map((record) => record.id));
      return { method, apartIn, asked, records: some.length, list, endedFrom, endedTo, owedByTools };
    };
    const { kind, id: by } = keeper.actor;
    const first = JSON.stringify({ ...bodyOf(due, due.length, 0), records: 0 });
    const noted = JSON.stringify(due.map((record) => record.id));
    await askRowAgain(database, BEGIN, [id, recordType, step, kind, by, first, clock(), noted]);
    const placed = await holds.read(true);
    const free = due.filter((record) => holdsOf(placed, recordType, record.id).length === 0);
    const went = await carryOut(step, free, id, schedule, keeper);
    const gone = free.filter((record) => went.includes(record.id));
    const body = bodyOf(gone, due.length, step === "destroy" ? await calls.owing(linesOf(went)) : 0);
    await askRowAgain(database, FINISH, [id, clock(), JSON.stringify(body), JSON.stringify(went)]);
    const detail = { destruction: id, recordType, records: gone.length, list: body.list, is: "finished" };
    await tell(keeper, { action: ACTIONS[step], detail });
    return (await find(id)) as Destruction;
  }

  async function carryOut(
    step: EndStep,
    due: readonly DueRecord[],
    destruction: string,
    { recordType, method }: Schedule,
    keeper: Keeper,
  ): Promise<readonly string[]> {
    const ids = due.map(({ id }) => id);
    if (ids.length === 0) return [];
    const detail = { destruction, recordType, records: ids.length, list: hashOf(ids), method, is: "begun" };
    await tell(keeper, { action: ACTIONS[step], detail });
    return checkDone(step, await needHost(host)[step]({ recordType, ids, destruction }), ids);
  }

  return {
    hasRecords: host !== undefined,
    callsTools: host?.callTool !== undefined,
    due: (asked, now) => listDue(asked, now, { schedules, host: needHost(host), holds, policy }),
    async run({ recordType, store = "used", after, limit }, keeper) {
      const schedule = schedules.find(readId("recordType", recordType));
      if (schedule === null)
        throw refuseMember("recordType", "one that has a schedule: put its schedule on file first");
      if (store === "apart" && schedule.keeps.length === 0) return { destructions: [], held: 0, next: null };
      const now = clock();
      const view: DueView = { schedule, store, holds: await holds.read(true), policy };
      const asked = { recordType, store, before: boundOf(view, now), after: after ?? null };
      const page = checkPage(await needHost(host).list({ ...asked, limit: readLimit(limit, MOST_RECORDS) }));
      const due = page.records.flatMap((record) => judgeRecord(record, view, now, now) ?? []);
      // Tools know lines; a record of the host's may be of several.
      const lines = new Map(page.records.map((record) => [record.id, record.lines ?? [record.id]]));
      const linesOf: LinesOf = (ids) => ids.flatMap((id) => lines.get(id) ?? []);
      const destructions: Destruction[] = [];
      for (const step of ["separate", "destroy"] as const) {
        const some = due.filter((record) => record.step === step);
        if (some.length > 0) destructions.push(await end(step, some, schedule, linesOf, keeper));
      }
      const held = due.filter(({ heldBy }) => heldBy.length > 0).length;
      // What is done is done: a tool that could not be called is called again when it is late, a sweep is made up for by a later one.
      await callFor(destructions, due, linesOf, keeper).catch(() => undefined);
      await askRowAgain(database, SWEEP, [now - KEPT_DAYS * DAY, MOST_RECORDS]).catch(() => undefined);
      return { destructions, held, next: page.next };
    },
    async list({ isOpen = false, after, limit }) {
      const most = readLimit(limit);
      const { found } = await askRow(database, LIST, [isOpen, readPageCursor(after), most]);
      const entries = (JSON.parse(String(found)) as Row[]).map(judge);
      const last = entries.at(-1);
      const isLast = entries.length < most || last === undefined;
      return { entries, next: isLast ? null : JSON.stringify([last.begunAt, last.id]) };
    },
    find,
    async proofs(recordType, recordId) {
      const { found } = await askRow(database, PROOFS, [recordType, recordId]);
      const rows: readonly { destruction: Row; destroyedAt: number }[] = JSON.parse(String(found));
      return rows.map((row) => ({ ...row, destruction: judge(row.destruction) }));
    },
    async confirm(id, given, keeper) {
      const note = readLine("note", given);
      const known = await find(id);
      if (known === null || !isConfirmable(known, clock())) return null;
      if (known.confirmedAt !== null) return known;
      const may = decideConfirmer(known.by === nameOf(keeper), policy);
      if (may.kind === "refuse") return may;
      const { duty: _, ...certificate } = known;
      const sha256 = createHash("sha256").update(JSON.stringify(certificate)).digest("hex");
      const { recordType, records } = known;
      await tell(keeper, {
        action: "confirm-data",
        detail: { destruction: id, recordType, records, certificate: sha256, note },
      });
      await askRowAgain(database, CONFIRM, [id, clock(), nameOf(keeper), note]);
      return await find(id);
    },
    hold: holds.place,
    release: holds.release,
    holds: (isHolding = false) => holds.read(isHolding),
    callTools: (keeper) => calls.call(null, keeper),
  };

  async function callFor(
    destructions: readonly Destruction[],
    due: readonly DueRecord[],
    linesOf: LinesOf,
    keeper: Keeper,
  ): Promise<void> {
    const isOwed = destructions.some(({ owedByTools }) => owedByTools > 0);
    // What tools owe stands in the certificate: where nobody calls them, what waits says so.
    if (isOwed && host?.callTool !== undefined)
      await calls.call(linesOf(due.flatMap(({ id, step }) => (step === "destroy" ? [id] : []))), keeper);
  }
}

/** What is done; and what broke off an hour ago, of which somebody has to say what became of it. */
function isConfirmable({ finishedAt, begunAt }: Destruction, now: number): boolean {
  return finishedAt !== null || begunAt < now - HOUR;
}

const ACTIONS = { separate: "separate-data", destroy: "destroy-data" } as const;

function needHost(host: RecordHost | undefined): RecordHost {
  if (host !== undefined) return host;
  throw refuseMember(
    "duties.records",
    "the host's records, { list, separate, destroy }: write createGarim({ …, duties: { records } }), or run it where they are",
  );
}
