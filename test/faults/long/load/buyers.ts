import { setTimeout as sleep } from "node:timers/promises";
import { ORDERS, sellerOf } from "../orders.ts";
import type { Stage } from "./reader.ts";

const AGAIN_MS = 150;

/** Buyers who confirm one purchase after the other, until every order is confirmed. */
export async function confirmForEver(stage: Stage, everyMs: number): Promise<void> {
  const { client, chance, done, hot } = stage;
  // A stride that shares no divisor with their number meets each once, all over the pages.
  const stride = 1_237;
  for (let i = 0, order = chance.wholeBelow(ORDERS); i < ORDERS; i++, order = (order + stride) % ORDERS) {
    const path = `/orders/${order}/confirm`;
    for (;;) {
      const node = chance.wholeBelow(client.nodes);
      const { status, endedAt } = await client.send({
        ask: "other",
        node,
        seller: null,
        method: "POST",
        path,
      });
      if (status === 204) {
        done({ deed: "confirmed", order, at: endedAt });
        hot.set(sellerOf(order), order);
        break;
      }
      await sleep(AGAIN_MS);
    }
    await sleep(everyMs * (0.5 + chance.below(1)));
  }
}
