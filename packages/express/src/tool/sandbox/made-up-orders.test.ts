import { DAY } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { madeUpOrders } from "./made-up-orders.ts";

const NOW = Date.parse("2026-11-22T09:00:00+09:00");
const orders = madeUpOrders({ sellers: ["sandbox-1", "sandbox-2"], now: NOW });

describe("madeUpOrders", () => {
  it("makes the same orders all day, in the order of their names, each name once", () => {
    expect(madeUpOrders({ sellers: ["sandbox-1", "sandbox-2"], now: NOW + 3 * 3_600_000 })).toEqual(orders);
    const names = orders.map(({ lineNo }) => lineNo);
    expect(names).toEqual([...new Set(names)].toSorted());
    expect(names).toHaveLength(80);
  });

  it("has every way an order can go: to be shipped, not paid, confirmed, past its time, with a claim", () => {
    const daysAgo = (at: Date | null) => (at === null ? null : (NOW - at.getTime()) / DAY);
    const ways = {
      open: orders.filter(({ paidAt, confirmedAt }) => paidAt !== null && confirmedAt === null),
      unpaid: orders.filter(({ paidAt }) => paidAt === null),
      confirmed: orders.filter(
        ({ confirmedAt, claim }) => (daysAgo(confirmedAt) ?? 99) < 90 && claim === null,
      ),
      past: orders.filter(({ confirmedAt }) => (daysAgo(confirmedAt) ?? 0) > 90),
      claimed: orders.filter(({ claim }) => claim !== null),
    };
    for (const [way, found] of Object.entries(ways)) expect(found.length, way).toBeGreaterThan(5);
  });

  it("holds nobody: numbers, addresses and mail that are nobody's", () => {
    for (const { buyer, recipient } of orders) {
      expect(buyer.phone).toMatch(/^010-0000-\d{4}$/);
      expect(buyer.email).toMatch(/@example\.com$/);
      expect(recipient.address).toMatch(/(가상|시험|예시)로 \d+$/);
    }
  });
});
