import { hash } from "node:crypto";
import { DAY } from "@garim/policy";
import { refuseMember } from "../input.ts";
import type { Keeper, Tell } from "../on-record.ts";
import { askRowAgain, type DutyDatabase } from "../store/database.ts";
import type { RecordHost, ToolCall } from "./record-host.ts";
import { CLAIM, OWING, UNCLAIM } from "./retention-sql.ts";

/** How often a tool is called for the same order: ours, as the law gives no number. */
const CALL_DAYS = 1;
const MOST_CALLED = 1_000;

/** Calls tools that owe the destruction of orders. */
export interface ToolCalls {
  /** Of how many of these orders tools have given no receipt. */
  owing(orderIds: readonly string[]): Promise<number>;
  /** Calls for these orders, or where none are named for those that are late. @returns of how many orders */
  call(orderIds: readonly string[] | null, keeper: Keeper): Promise<number>;
}

/** @source pipa/21, pipa/26 */
export function createToolCalls(
  database: DutyDatabase,
  host: RecordHost | undefined,
  tell: Tell,
  clock: () => number,
): ToolCalls {
  /** What could not be told, or recorded, is told again. */
  async function callOne(
    call: ToolCall,
    keeper: Keeper,
    send: NonNullable<RecordHost["callTool"]>,
  ): Promise<boolean> {
    const { toolId, sellerId, orderIds } = call;
    try {
      const detail = { orders: orderIds.length, list: hashOf(orderIds) };
      const target = { kind: "tool", id: toolId, sellerId } as const;
      await tell(keeper, { action: "call-destruction", target, detail });
      await send.call(host, call);
      return true;
    } catch {
      await askRowAgain(database, UNCLAIM, [toolId, sellerId, JSON.stringify(orderIds)]);
      return false;
    }
  }

  return {
    async owing(orderIds) {
      const { done } = await askRowAgain(database, OWING, [JSON.stringify(orderIds)]);
      return Number(done);
    },
    async call(orderIds, keeper) {
      const send = needCaller(host);
      const now = clock();
      const values = [orderIds === null ? null : JSON.stringify(orderIds), now, now - CALL_DAYS * DAY];
      const { found } = await askRowAgain(database, CLAIM, [...values, MOST_CALLED]);
      let called = 0;
      for (const call of groupCalls(JSON.parse(String(found))))
        if (await callOne(call, keeper, send)) called += call.orderIds.length;
      return called;
    },
  };
}

function needCaller(host: RecordHost | undefined): NonNullable<RecordHost["callTool"]> {
  if (host?.callTool !== undefined) return host.callTool;
  throw refuseMember(
    "duties.records.callTool",
    "a function that asks a tool to destroy what it has of some orders: write createGarim({ …, duties: { records: { …, callTool } } })",
  );
}

type ClaimedRow = readonly [toolId: string, sellerId: string, orderId: string];

/** The rows come in the order of their names. */
function groupCalls(rows: readonly ClaimedRow[]): readonly ToolCall[] {
  const calls = new Map<string, { toolId: string; sellerId: string; orderIds: string[] }>();
  for (const [toolId, sellerId, orderId] of rows) {
    const key = JSON.stringify([toolId, sellerId]);
    const call = calls.get(key) ?? { toolId, sellerId, orderIds: [] };
    call.orderIds.push(orderId);
    calls.set(key, call);
  }
  return [...calls.values()];
}

/** SHA-256 of the JSON list of the sorted ids, as receipts have it. */
export function hashOf(ids: readonly string[]): string {
  return hash("sha256", JSON.stringify([...ids].sort()));
}
