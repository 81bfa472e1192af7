import { describe, expect, it } from "vitest";
import { createDebts, type Debt } from "./debts.ts";

/** A database that answers when it is told to, and keeps what it was asked. */
function slowDatabase() {
  const asked: Debt[][] = [];
  const waiting: (() => void)[] = [];
  const database = {
    async query(_: string, [ticket, orders]: unknown[] = []) {
      asked.push(JSON.parse(String(orders)));
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { rows: [{ ticket }] };
    },
  };
  return { database, asked, answer: () => waiting.shift()?.() };
}

const debt = (orderId: string, readAt = 1, isClear = true): Debt => ["t", "s", orderId, 9, readAt, isClear];

describe("createDebts", () => {
  it("writes at once, and what comes meanwhile together, each order once", async () => {
    const { database, asked, answer } = slowDatabase();
    const owe = createDebts(database);
    const first = owe([debt("a")]);
    const more = Promise.all([owe([debt("b"), debt("c")]), owe([debt("b", 2)]), owe([debt("b", 1)])]);
    expect(asked).toEqual([[debt("a")]]);
    answer();
    await first;
    await expect.poll(() => asked.length).toBe(2);
    expect(asked[1]).toEqual([debt("b", 2), debt("c")]);
    answer();
    await more;
  });

  it("keeps that an order was shown clear, when, and the sooner moment, where it was masked the other time", async () => {
    const { database, asked, answer } = slowDatabase();
    const owe = createDebts(database);
    const all = [owe([debt("x")]), owe([debt("a", 1)]), owe([["t", "s", "a", 5, 2, false]])];
    answer();
    await expect.poll(() => asked.length).toBe(2);
    expect(asked[1]).toEqual([["t", "s", "a", 5, 1, true]]);
    answer();
    await Promise.all(all);
  });

  it("says to all who waited for it that a statement failed, and goes on with the next", async () => {
    let isDown = true;
    const database = {
      async query(_: string, [ticket]: unknown[] = []) {
        if (isDown) throw new Error("gone");
        return { rows: [{ ticket }] };
      },
    };
    const owe = createDebts(database);
    const failed = [owe([debt("a")]), owe([debt("b")])];
    for (const one of await Promise.allSettled(failed)) expect(one.status).toBe("rejected");
    isDown = false;
    await owe([debt("c")]);
  });
});
