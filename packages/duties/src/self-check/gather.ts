import type { LogFilter, LoggedAccess } from "@garim/audit";
import { DAY, decideFlow, isSharedAccountSign } from "@garim/policy";
import { MARKETPLACE } from "../flows/flow.ts";
import type { Keeper } from "../on-record.ts";
import { countDue } from "../retention/count-due.ts";
import { reportRights } from "../rights/rights-report.ts";
import type { SelfCheckFacts, SelfCheckParts } from "./self-check.ts";

const LOOKED_AT = 1_000;
const MOST_PEOPLE = 100;

/**
 * Gathers what registers and log say to the questions of the self-check. Of a seller the log is asked which rights were used: that is on
 * record.
 *
 * @param sellerId - whose; `null` for the marketplace
 * @param now - UTC milliseconds
 */
export async function gatherSelfCheck(
  parts: SelfCheckParts,
  sellerId: string | null,
  keeper: Keeper,
  now: number,
): Promise<SelfCheckFacts> {
  const { policy, isOn, policies, requests } = parts;
  const fresh = async <T>(read: () => T | Promise<T>): Promise<T> => {
    await parts.ready?.();
    return await read();
  };
  const whose = sellerId === null ? {} : { sellerId };
  const late = await requests.list({ ...whose, isOpen: true, limit: LOOKED_AT }, now);
  return {
    ...{ sellerId, now, policy, isOn },
    flows: await fresh(() => countFlows(parts, sellerId, now)),
    education: await countEducation(parts, sellerId, now),
    isPolicyPublished: sellerId === null ? null : (await policies.find(sellerId)) !== null,
    requestsOverdue: late.entries.filter(({ isOverdue }) => isOverdue).length,
    kept: sellerId === null ? await fresh(() => countKept(parts, now)) : null,
    ...(await findReview(parts)),
    spareRoles: sellerId === null ? null : await countSpare(parts, sellerId, keeper, now),
    shared: await countShared(parts, sellerId, now),
    undestroyed: await countUndestroyed(parts, sellerId, now),
    outsourced: await fresh(() => countOutsourced(parts, sellerId, now)),
  };
}

/** Those a seller hands on, and what the marketplace gives every seller; all for the marketplace. */
function countFlows(
  { flows, policy }: SelfCheckParts,
  sellerId: string | null,
  now: number,
): SelfCheckFacts["flows"] {
  const own = flows
    .list()
    .filter(({ from, endedAt }) => endedAt === null && (sellerId === null || isFrom(from, sellerId)));
  return {
    filed: own.length,
    incomplete: own.filter((flow) => decideFlow(flow, now, policy).kind === "refuse").length,
  };
}

function isFrom({ kind, id }: { readonly kind: string; readonly id: string }, sellerId: string): boolean {
  return kind === MARKETPLACE.kind || (kind === "seller" && (id === sellerId || id === "*"));
}

async function countEducation(
  { education, ready }: SelfCheckParts,
  sellerId: string | null,
  now: number,
): Promise<SelfCheckFacts["education"]> {
  await ready?.();
  const courses = education.courses(sellerId ?? undefined).length;
  const whose = sellerId === null ? {} : { sellerId };
  let [people, overdue] = [0, 0];
  for (let after: string | undefined; ; ) {
    const page = await education.list(
      { ...whose, limit: LOOKED_AT, ...(after === undefined ? {} : { after }) },
      now,
    );
    people += page.entries.length;
    overdue += page.entries.filter(({ courses }) => courses.some(({ isOverdue }) => isOverdue)).length;
    if (page.next === null) return { people, overdue, courses };
    after = page.next;
    await ready?.();
  }
}

/** When a review was signed last, and since when there is something to review: the first start is on record. */
async function findReview({
  log,
}: SelfCheckParts): Promise<Pick<SelfCheckFacts, "reviewedAt" | "loggedSince">> {
  const reviews = await log.find({ actions: ["review"], outcome: "done" }, { limit: LOOKED_AT });
  const signed = reviews.entries.find(({ access }) => access.detail?.["step"] === "signed");
  const starts = await log.find({ actions: ["change-policy"] }, { limit: LOOKED_AT });
  return { reviewedAt: signed?.access.at ?? null, loggedSince: starts.entries.at(-1)?.access.at ?? null };
}

/** Whether the host does by its schedules what they say. */
async function countKept(
  { schedules, retention }: SelfCheckParts,
  now: number,
): Promise<SelfCheckFacts["kept"]> {
  const filed = schedules.list().length;
  if (filed === 0 || !retention.hasRecords) return null;
  const due = await countDue(retention, schedules, now);
  const late = due.filter(({ isOverdue, step }) => isOverdue || step === null);
  return { schedules: filed, overdue: late.reduce((sum, { count }) => sum + count, 0) };
}

async function countSpare(
  parts: SelfCheckParts,
  sellerId: string,
  keeper: Keeper,
  now: number,
): Promise<number> {
  const { people } = await reportRights(parts, { sellerId, limit: MOST_PEOPLE }, keeper, now);
  return people.filter(({ couldGo }) => couldGo.length > 0).length;
}

/** Whom the detectors of shared accounts named; of very many, the newest. */
async function countShared(
  { log, policy }: SelfCheckParts,
  sellerId: string | null,
  now: number,
): Promise<SelfCheckFacts["shared"]> {
  const from = now - policy.dormantDays * DAY;
  const signals = await findRecords(log, { actions: ["signal"] }, sellerId);
  const signs = signals.filter(({ at, reason }) => at >= from && isSharedAccountSign(reason));
  const people = new Set(signs.map(({ actor: { kind, id } }) => `${kind} ${id}`));
  return { people: people.size, lastAt: signs.length === 0 ? null : Math.max(...signs.map(({ at }) => at)) };
}

/** The record of a file that left says by when it is to be destroyed; another says that it was. */
async function countUndestroyed(
  { log }: SelfCheckParts,
  sellerId: string | null,
  now: number,
): Promise<number> {
  const fetched = await findRecords(log, { actions: ["fetch-download"], outcome: "done" }, sellerId);
  const gone = await findRecords(log, { actions: ["destroy-download"], outcome: "done" }, sellerId);
  const known = new Set(gone.map(downloadOf));
  const late = fetched.filter(({ detail }) => Number(detail?.["destroyBy"] ?? Number.NaN) < now);
  return new Set(late.map(downloadOf).filter((id) => !known.has(id))).size;
}

function downloadOf({ detail }: LoggedAccess): unknown {
  return detail?.["download"];
}

async function findRecords(
  log: SelfCheckParts["log"],
  filter: LogFilter,
  sellerId: string | null,
): Promise<readonly LoggedAccess[]> {
  const whose = sellerId === null ? {} : { seller: sellerId };
  const { entries } = await log.find({ ...filter, ...whose }, { limit: LOOKED_AT });
  return entries.map(({ access }) => access);
}

async function countOutsourced(
  { flows, clock }: SelfCheckParts,
  sellerId: string | null,
  now: number,
): Promise<SelfCheckFacts["outsourced"]> {
  const live = flows
    .list()
    .filter(({ kind, endedAt, endsAt }) => kind === "outsourcing" && now < (endedAt ?? endsAt ?? Infinity));
  const own = live.filter(({ from }) => sellerId === null || isFrom(from, sellerId));
  // Which seller's orders a tool owes no notice says: it is the marketplace that is told.
  const waiting = sellerId === null ? await clock.waiting() : [];
  const owed = waiting.filter(({ kind }) => kind === "tool-destruction");
  return {
    filed: own.length,
    unsupervised: own.filter(({ items }) => (items.supervision ?? "").trim() === "").length,
    late: owed.reduce((sum, { count }) => sum + count, 0),
  };
}
