import { hash, randomUUID } from "node:crypto";
import { DAY, GarimError } from "@garim/policy";
import { createRecorder, type Keeper } from "../on-record.ts";
import type { KeepingOptions } from "../options.ts";
import { cursorInvalid, readLimit, readPageCursor, readParts } from "../retention/paging.ts";
import { askRow, askRowAgain } from "../store/database.ts";
import { migrateDuties } from "../tables/migration.ts";
import { createDebts, type Debt } from "./debts.ts";
import type { DestructionReceipt, OwedPurge, Purges, ReadOrder, ToolDebt, ToolReceipt } from "./purge.ts";
import { CONFIRM, DEBTS, OWED, RECEIPTS, SWEEP } from "./purge-sql.ts";

const MOST_ORDERS = 1_000;
const LONGEST_ID = 256;
const LONGEST_METHOD = 500;
const PAGE = 100;
const SWEPT_AT_ONCE = 1_000;
/** Which orders a receipt was for is kept so long; that there was one stays in the log. */
const KEPT_DAYS = 365;
/** Nodes' and tools' clocks may be apart by this. */
const SKEW_MS = 120_000;

/**
 * Opens what tools must destroy.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createPurges(options: KeepingOptions): Promise<Purges> {
  const { database, append, policy, clock = Date.now } = options;
  const say = createRecorder(append, policy, clock);
  const owe = createDebts(database);
  await migrateDuties(database);

  async function confirmSome(receipt: string, given: DestructionReceipt): Promise<readonly string[]> {
    const { toolId, sellerId, orderIds, destroyedAt } = given;
    const values = [toolId, sellerId, JSON.stringify(orderIds), destroyedAt, receipt];
    const { found } = await askRowAgain(database, CONFIRM, values);
    // The receipt counts already; a sweep that fails is made up for by a later one.
    await askRowAgain(database, SWEEP, [clock() - KEPT_DAYS * DAY, SWEPT_AT_ONCE]).catch(() => undefined);
    return JSON.parse(String(found));
  }

  return {
    async owe(toolId, orders, readAt) {
      const debts = orders.map((order) => readDebt(readId("toolId", toolId), order, readAt));
      if (debts.length > 0) await owe(debts);
    },
    async confirm(given, keeper) {
      const checked = readReceipt(given, clock());
      checkGiver(checked, keeper);
      const receipt = randomUUID();
      const { toolId, sellerId, orderIds } = checked;
      const detail = describe(receipt, checked);
      await say(keeper, { action: "confirm-destruction", toolId, sellerId, detail });
      const confirmed = await confirmSome(receipt, checked);
      const known = new Set(confirmed);
      return { receipt, confirmed, unknown: orderIds.filter((id) => !known.has(id)) };
    },
    async owed({ dueBefore, toolId = null, sellerId = null, after = null, limit = PAGE }) {
      const most = Math.min(Math.max(1, Math.trunc(limit)), MOST_ORDERS);
      const values = [dueBefore, toolId, sellerId, readCursor(after), most];
      const { found } = await askRowAgain(database, OWED, values);
      const rows: readonly OwedRow[] = JSON.parse(String(found));
      const last = rows.at(-1);
      const next = rows.length < most || last === undefined ? null : JSON.stringify(last.slice(0, 4));
      return { entries: rows.map(readOwed), next };
    },
    async debts({ sellerId = null, after, limit }, now) {
      const most = readLimit(limit);
      const { found } = await askRow(database, DEBTS, [now, sellerId, readDebtCursor(after), most]);
      const entries: readonly ToolDebt[] = JSON.parse(String(found));
      const last = entries.at(-1);
      const isLast = last === undefined || entries.length < most;
      return { entries, next: isLast ? null : JSON.stringify([last.toolId, last.sellerId]) };
    },
    async receipts({ sellerId = null, after, limit }) {
      const most = readLimit(limit);
      const { found } = await askRow(database, RECEIPTS, [sellerId, readPageCursor(after), most]);
      const entries: readonly ToolReceipt[] = JSON.parse(String(found));
      const last = entries.at(-1);
      const isLast = last === undefined || entries.length < most;
      return { entries, next: isLast ? null : JSON.stringify([last.destroyedAt, last.receipt]) };
    },
  };
}

type OwedRow = readonly [purgeBy: number, toolId: string, sellerId: string, orderId: string, readAt: number];

function readOwed([purgeBy, toolId, sellerId, orderId, readAt]: OwedRow): OwedPurge {
  return { toolId, sellerId, orderId, purgeBy, readAt };
}

/** A moment that cannot be read is now: destroy at once. */
function readDebt(toolId: string, { sellerId, orderId, purgeBy, isClear }: ReadOrder, readAt: number): Debt {
  const due = Number.isFinite(purgeBy) ? purgeBy : readAt;
  return [toolId, readId("sellerId", sellerId), readId("orderId", orderId), due, readAt, isClear];
}

function readReceipt(given: DestructionReceipt, now: number): DestructionReceipt {
  const { orderIds, destroyedAt, method } = given;
  if (!Array.isArray(orderIds) || orderIds.length === 0 || orderIds.length > MOST_ORDERS)
    throw refuseMember("orderIds", `a list of 1 to ${MOST_ORDERS} order ids; send several receipts for more`);
  if (!Number.isSafeInteger(destroyedAt) || destroyedAt <= 0 || destroyedAt > now + SKEW_MS)
    throw refuseMember("destroyedAt", "a moment in UTC milliseconds that is not in the future");
  if (typeof method !== "string" || method.trim() === "" || method.length > LONGEST_METHOD)
    throw refuseMember("method", `a text of 1 to ${LONGEST_METHOD} characters that says how`);
  return {
    toolId: readId("toolId", given.toolId),
    sellerId: readId("sellerId", given.sellerId),
    orderIds: [...new Set(orderIds.map((id) => readId("orderIds", id)))],
    destroyedAt,
    method,
  };
}

function checkGiver({ toolId }: DestructionReceipt, { actor }: Keeper): void {
  if (actor.kind !== "tool" || actor.id === toolId) return;
  throw refuseMember("toolId", "the tool's own: none gives a receipt for another");
}

function readId(member: string, id: unknown): string {
  // Half a character, which the database could not take, would keep others' orders from being noted beside it.
  const isText = typeof id === "string" && id !== "" && id.length <= LONGEST_ID;
  if (isText && !/[\0\p{Cs}]/u.test(id)) return id;
  throw refuseMember(member, `a text of 1 to ${LONGEST_ID} characters`);
}

function readCursor(after: string | null): string | null {
  if (after === null) return null;
  try {
    const parts: unknown = JSON.parse(after);
    if (Array.isArray(parts) && parts.length === 4 && Number.isFinite(parts[0])) return JSON.stringify(parts);
  } catch {
    // Said below.
  }
  throw refuseMember("after", "the next of the page before");
}

function readDebtCursor(after: string | undefined): string | null {
  if (after === undefined) return null;
  const parts = readParts(after);
  if (parts.length === 2 && parts.every((part) => typeof part === "string")) return after;
  throw cursorInvalid();
}

/** Which orders it was for is told by the hash of their sorted ids: whoever has the list can show that it is this one. */
function describe(receipt: string, { orderIds, destroyedAt, method }: DestructionReceipt) {
  const list = hash("sha256", JSON.stringify([...orderIds].sort()));
  return { receipt, orders: orderIds.length, list, destroyedAt: new Date(destroyedAt).toISOString(), method };
}

function refuseMember(member: string, wanted: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `The receipt cannot be taken: ${member} must be ${wanted}`,
  );
}
