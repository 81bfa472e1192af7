import { hash, randomUUID } from "node:crypto";
import {
  addMonths,
  DAY,
  decideRequest,
  type Policy,
  REQUEST_KINDS,
  type Refuse,
  refuse,
  subject,
} from "@garim/policy";
import { readId, readText, readWord, refuseMember } from "../input.ts";
import { createTeller, type Keeper, nameOf } from "../on-record.ts";
import type { KeepingOptions } from "../options.ts";
import { readLimit, readPageCursor } from "../retention/paging.ts";
import { askRowAgain } from "../store/database.ts";
import { migrateDuties } from "../tables/migration.ts";
import {
  REQUEST_OUTCOMES,
  type RequestAnswer,
  type RequestInput,
  type RequestStatus,
  type Requests,
  type SubjectRequest,
} from "./request.ts";
import { ANSWER, COUNT, FIND, LIST, OF_BUYER, OPEN, SWEEP } from "./requests-sql.ts";

const PAGE = 100;
const LARGEST_PAGE = 1_000;
const LONGEST_TEXT = 4_000;
/** Nobody fills the list of those who wait. */
const MOST_OPEN = 10;
const SWEPT_AT_ONCE = 1_000;

/** A request as the database has it. */
type Row = Omit<SubjectRequest, "dueAt" | "isOverdue">;

/**
 * Opens buyers' requests.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createRequests(options: KeepingOptions): Promise<Requests> {
  const { database, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);

  async function find(id: string): Promise<Row | null> {
    const { found } = await askRowAgain(database, FIND, [readId("id", id)]);
    return found === null ? null : JSON.parse(String(found));
  }

  async function readRows(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const { found } = await askRowAgain(database, text, values);
    return JSON.parse(String(found));
  }

  return {
    async open(given, keeper) {
      const { buyerId, sellerId, kind, text } = readInput(given);
      const own = await readRows(OF_BUYER, [buyerId, null, PAGE]);
      if (own.filter(({ answeredAt }) => answeredAt === null).length >= MOST_OPEN)
        throw refuseMember("text", `asked once the ${MOST_OPEN} requests before it are answered`);
      const [id, askedAt] = [randomUUID(), clock()];
      const row = { id, buyerId, sellerId, kind, text, askedAt, ...UNANSWERED };
      const detail = { ...describe(row), dueAt: new Date(viewRow(row, askedAt, policy).dueAt).toISOString() };
      await tell(keeper, { action: "open-request", asked: [subject.buyer(buyerId)], detail });
      await askRowAgain(database, OPEN, [id, buyerId, sellerId, kind, text, askedAt]);
      // What another law has kept of disputes is kept no longer. A sweep that fails is made up for by a later one.
      const before = addMonths(askedAt, -policy.edition.keeps.dispute.months);
      await askRowAgain(database, SWEEP, [before, SWEPT_AT_ONCE]).catch(() => undefined);
      return viewRow(row, askedAt, policy);
    },
    async view(id, keeper) {
      const row = await find(id);
      const other = row === null ? undefined : refuseOther(row, keeper, policy);
      if (row === null || other !== undefined) return other ?? null;
      await tell(keeper, { action: "view", asked: [subject.buyer(row.buyerId)], detail: describe(row) });
      return viewRow(row, clock(), policy);
    },
    async answer(given, keeper) {
      const { id, outcome, answer } = readAnswer(given);
      const row = await find(id);
      if (row === null || row.answeredAt !== null) return null;
      const other = refuseOther(row, keeper, policy);
      if (other !== undefined) return other;
      const detail = { ...describe(row), outcome, answer: hash("sha256", answer) };
      await tell(keeper, { action: "answer-request", asked: [subject.buyer(row.buyerId)], detail });
      const values = [id, outcome, answer, clock(), nameOf(keeper)];
      const { found } = await askRowAgain(database, ANSWER, values);
      return found === null ? null : viewRow(JSON.parse(String(found)), clock(), policy);
    },
    async list({ sellerId, isOpen = false, after, limit = PAGE }, now) {
      const most = Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE);
      const rows = await readRows(LIST, [sellerId ?? null, isOpen, readCursor(after), most]);
      const last = rows.at(-1);
      const next = rows.length < most || last === undefined ? null : JSON.stringify([last.askedAt, last.id]);
      return { entries: rows.map((row) => statusOf(viewRow(row, now, policy))), next };
    },
    async ofBuyer(buyerId, now, { after, limit } = {}) {
      const most = readLimit(limit);
      const rows = await readRows(OF_BUYER, [readId("buyerId", buyerId), readPageCursor(after), most]);
      const entries = rows.map((row) => viewRow(row, now, policy));
      const last = entries.at(-1);
      const isLast = last === undefined || entries.length < most;
      return { entries, next: isLast ? null : JSON.stringify([last.askedAt, last.id]) };
    },
    async count(now) {
      const given = policy.requestDays * DAY;
      const { found } = await askRowAgain(database, COUNT, [now - given, given]);
      return JSON.parse(String(found));
    },
  };
}

const UNANSWERED = { outcome: null, answer: null, answeredAt: null, answeredBy: null } as const;

function viewRow(row: Row, now: number, policy: Policy): SubjectRequest {
  // As of the answer: what came late stays late.
  const duty = decideRequest({ ...row, answeredAt: null }, row.answeredAt ?? now, policy);
  const { dueAt, isOverdue } = duty.kind === "duty" ? duty : { dueAt: Number.NaN, isOverdue: true };
  return { ...row, dueAt, isOverdue };
}

function statusOf({ buyerId: _, text: __, answer: ___, ...status }: SubjectRequest): RequestStatus {
  return status;
}

/** A seller's staff see and answer what is about their seller. */
function refuseOther({ sellerId }: Row, { actor }: Keeper, { edition }: Policy): Refuse | undefined {
  return actor.kind === "staff" && actor.sellerId !== sellerId ? refuse("other-seller", edition) : undefined;
}

function readInput({ buyerId, sellerId, kind, text }: RequestInput): RequestInput {
  return {
    buyerId: readId("buyerId", buyerId),
    sellerId: sellerId === null ? null : readId("sellerId", sellerId),
    kind: readWord("kind", kind, REQUEST_KINDS),
    text: readText("text", text, LONGEST_TEXT),
  };
}

function readAnswer({ id, outcome, answer }: RequestAnswer): RequestAnswer {
  return {
    id: readId("id", id),
    outcome: readWord("outcome", outcome, REQUEST_OUTCOMES),
    answer: readText("answer", answer, LONGEST_TEXT),
  };
}

function readCursor(after: string | undefined): string | null {
  if (after === undefined) return null;
  try {
    const parts: unknown = JSON.parse(after);
    const isCursor = Array.isArray(parts) && parts.length === 2 && Number.isFinite(parts[0]);
    if (isCursor && typeof parts[1] === "string") return JSON.stringify(parts);
  } catch {
    // Said below.
  }
  throw refuseMember("after", "the next of the page before");
}

function describe({ id, kind, sellerId }: Row): Record<string, string> {
  return { request: id, kind, ...(sellerId === null ? {} : { seller: sellerId }) };
}
