import { DAY, HOUR, REASONS, REQUEST_WORDS, type Words } from "@garim/policy";
import type { LeakStatus } from "../breach/leak.ts";
import type { Leaks } from "../breach/leaks.ts";
import type { OwedPurge, Purges } from "../purge/purge.ts";
import type { RequestStatus, Requests } from "../requests/request.ts";
import { countDue, type DueCount } from "../retention/count-due.ts";
import type { DataRetention, Destruction } from "../retention/destruction.ts";
import type { Schedules } from "../retention/schedule.ts";
import type { DutyNotice, DutyState } from "./notice.ts";

/** The registers in which something may wait. */
export interface DutyPlaces {
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  readonly requests: Requests;
  readonly leaks: Leaks;
  readonly purges: Purges;
}

/** How long before its end something is said to be soon: ours, the law gives no numbers. */
const SOON = { request: 3 * DAY, breach: 12 * HOUR } as const;
const PAGE = 1_000;
/** Pages of a register that are read; of more there are at least so many. */
const MOST_PAGES = 10;

/** Everything that waits at a moment, what is overdue first. @param now - UTC milliseconds */
export async function listNotices(places: DutyPlaces, now: number): Promise<readonly DutyNotice[]> {
  const { leaks, requests, retention, schedules, purges } = places;
  // Of what this node has a copy, at once: the host may take its time.
  const known = leaks.list(now);
  const due = await countDue(retention, schedules, now);
  const open = await readAll((after) => retention.list({ isOpen: true, limit: PAGE, ...after }));
  const asked = await readAll((after) => requests.list({ isOpen: true, limit: PAGE, ...after }, now));
  const owed = await readAll((after) => purges.owed({ dueBefore: now, limit: PAGE, ...after }));
  return [
    ...known.flatMap((leak) => noticesOfLeak(leak, now)),
    ...asked.map((request) => noticeOfRequest(request, now)),
    ...due.map(noticeOfRecords),
    ...noticesOfDestructions(open),
    ...noticesOfTools(owed),
  ].toSorted(byUrgency);
}

type Page<T> = { readonly entries: readonly T[]; readonly next: string | null };

async function readAll<T>(
  read: (after: { readonly after?: string }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let after: { readonly after?: string } = {};
  for (let left = MOST_PAGES; left > 0; left--) {
    const { entries, next } = await read(after);
    all.push(...entries);
    if (next === null) break;
    after = { after: next };
  }
  return all;
}

function byUrgency(one: DutyNotice, other: DutyNotice): number {
  const [late, later] = [Number(other.isOverdue) - Number(one.isOverdue), compareDue(one, other)];
  return late || later || (one.key < other.key ? -1 : 1);
}

function compareDue({ dueAt: one }: DutyNotice, { dueAt: other }: DutyNotice): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one - other;
}

/** What a notice is made of. */
interface Facts extends Pick<DutyNotice, "kind" | "state" | "words" | "dueAt"> {
  /** What it is, of all there are of its kind. */
  readonly name: string;
  readonly count?: number;
  readonly subject?: string;
  readonly sellerId?: string | null;
}

function notice({ name, kind, state, words, dueAt, count = 1, subject, sellerId = null }: Facts): DutyNotice {
  const key = `${kind} ${name} ${state}`;
  const isOverdue = state === "overdue";
  return { key, kind, state, words, count, dueAt, isOverdue, subject: subject ?? null, sellerId };
}

function stateOf(dueAt: number, now: number, soonMs: number): "due" | "soon" | "overdue" {
  if (now > dueAt) return "overdue";
  return dueAt - now <= soonMs ? "soon" : "due";
}

/** Each step that nobody has done. */
function noticesOfLeak({ id, title, duties, closed }: LeakStatus, now: number): readonly DutyNotice[] {
  if (closed !== null) return [];
  return duties
    .filter(({ doneAt }) => doneAt === null)
    .map(({ step, reason, dueAt }) => {
      const { ko, en } = REASONS[reason].because;
      return notice({
        kind: "breach-step",
        name: `${id} ${step}`,
        state: stateOf(dueAt, now, SOON.breach),
        words: { ko: `유출 “${title}”: ${ko}`, en: `Leak "${title}": ${en}` },
        dueAt,
        subject: id,
      });
    });
}

function noticeOfRequest({ id, kind, sellerId, dueAt }: RequestStatus, now: number): DutyNotice {
  const state = stateOf(dueAt, now, SOON.request);
  const { ko, en } = REQUEST_WORDS[kind];
  return notice({
    kind: "request",
    name: id,
    // There is time: once is enough, until there is little.
    state: state === "due" ? "new" : state,
    words: { ko: `구매자의 ${ko} 요구에 답해야 합니다`, en: `A buyer's request (${en}) waits for an answer` },
    dueAt,
    subject: id,
    sellerId,
  });
}

function noticeOfRecords({ recordType, title, step, count, dueAt, isOverdue }: DueCount): DutyNotice {
  return notice({
    kind: "records",
    name: `${recordType} ${step ?? "unreadable"}`,
    state: isOverdue ? "overdue" : "due",
    words: sayRecords(step, title, count),
    count,
    dueAt,
    subject: recordType,
  });
}

function sayRecords(step: DueCount["step"], { ko, en }: Words, count: number): Words {
  switch (step) {
    case "separate":
      return { ko: `${ko}: 분리 보관할 기록 ${count}건`, en: `${en}: ${count} to be stored apart` };
    case "destroy":
      return { ko: `${ko}: 파기할 기록 ${count}건`, en: `${en}: ${count} to be destroyed` };
    case null:
      return {
        ko: `${ko}: 보유 사유나 시점을 읽을 수 없어 파기하지 못하는 기록 ${count}건`,
        en: `${en}: ${count} whose reasons to be kept cannot be read, so they stay`,
      };
  }
}

/** Certificates that nobody has confirmed, and destructions that broke off. */
function noticesOfDestructions(open: readonly Destruction[]): readonly DutyNotice[] {
  if (open.length === 0) return [];
  const duties = open.flatMap(({ duty }) => (duty?.kind === "duty" ? [duty] : []));
  const dues = duties.map(({ dueAt }) => dueAt);
  const count = open.length;
  return [
    notice({
      kind: "confirmations",
      name: "open",
      state: duties.some(({ isOverdue }) => isOverdue) ? "overdue" : "due",
      words: {
        ko: `개인정보 보호책임자가 확인할 파기 ${count}건`,
        en: `${count} destructions wait for the privacy officer to confirm them`,
      },
      count,
      dueAt: dues.length === 0 ? null : Math.min(...dues),
    }),
  ];
}

/** Tool by tool. They come with what is due longest first. */
function noticesOfTools(owed: readonly OwedPurge[]): readonly DutyNotice[] {
  const tools = new Map<string, OwedPurge[]>();
  for (const one of owed) tools.set(one.toolId, [...(tools.get(one.toolId) ?? []), one]);
  return [...tools].map(([toolId, orders]) =>
    notice({
      kind: "tool-destruction",
      name: toolId,
      state: "overdue",
      words: {
        ko: `셀러툴 ${toolId}: 파기를 확인하지 않은 주문 ${orders.length}건`,
        en: `Tool ${toolId}: orders it has not said to have destroyed: ${orders.length}`,
      },
      count: orders.length,
      dueAt: orders[0]?.purgeBy ?? null,
      subject: toolId,
    }),
  );
}

/** Whether the host is told of it once and no more. */
export function isOnce({ state }: { readonly state: DutyState }): boolean {
  return state === "new";
}
