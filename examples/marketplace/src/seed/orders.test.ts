import { describe, expect, it } from "vitest";
import { JOURNEYS } from "./journey.ts";
import { SELLERS, seedOrders } from "./orders.ts";

const NOW = Date.parse("2026-11-20T10:00:00+09:00");
const DAY = 86_400_000;

describe("seedOrders", () => {
  const rows = seedOrders(2_000, NOW);

  it("makes the same market from the same arguments", () => {
    expect(seedOrders(2_000, NOW)).toEqual(rows);
    expect(seedOrders(2_000, NOW + DAY)).not.toEqual(rows);
  });

  it("makes orders of one to three lines, each of a known seller", () => {
    expect(rows.orders).toHaveLength(2_000);
    const perOrder = Object.values(countBy(rows.order_lines.map((line) => line.order_no)));
    expect(new Set(perOrder)).toEqual(new Set([1, 2, 3]));
    expect(new Set(rows.order_lines.map((line) => line.seller_id))).toEqual(
      new Set(SELLERS.map((one) => one.id)),
    );
  });

  it("has every journey many times", () => {
    const claims = countBy(
      rows.claims.map(({ type, opened_by, closed_at }) => `${type} ${opened_by} ${closed_at !== null}`),
    );
    const journeys = JOURNEYS.filter((journey) => journey.claim !== undefined);
    for (const { claim } of journeys)
      expect(claims[`${claim?.type} ${claim?.by} ${claim?.closed !== undefined}`]).toBeGreaterThan(20);
    const confirmedDays = countBy(
      rows.order_lines.map(({ confirmed_at }) =>
        String(confirmed_at && Math.ceil((NOW - Date.parse(confirmed_at)) / DAY)),
      ),
    );
    for (const day of ["1", "89", "90", "91", "null"]) expect(confirmedDays[day]).toBeGreaterThan(20);
    expect(rows.orders.filter((order) => order.paid_at === null).length).toBeGreaterThan(50);
    expect(rows.order_lines.filter(isForgotten).length).toBeGreaterThan(20);
  });

  it("lets nothing happen before the checkout or after now", () => {
    const orders = new Map(rows.orders.map((order) => [order.order_no, order]));
    for (const { order_no, ...line } of rows.order_lines) {
      const order = orders.get(order_no);
      const moments = [
        order?.paid_at,
        line.prepared_at,
        line.shipped_at,
        line.delivered_at,
        line.confirmed_at,
      ];
      const known = moments.filter((at) => typeof at === "string");
      expect(known.toSorted()).toEqual(known);
      for (const at of known) expect(at >= (order?.ordered_at ?? "") && Date.parse(at) <= NOW).toBe(true);
    }
  });

  it("writes phones and names as people do", () => {
    const phones = rows.orders.map((order) => order.recipient_phone);
    for (const form of [/^010\d{8}$/, /^010 /, /^\+82 10/, /^0507-/, /^02-/, /^031-/, /^ .* $/])
      expect(phones.filter((phone) => form.test(phone)).length).toBeGreaterThan(5);
    const names = rows.orders.map((order) => order.recipient_name);
    for (const form of [/^[가-힣]{2,5}$/, /[A-Za-z]/, /ễ/, /\p{Script=Han}/u])
      expect(names.filter((name) => form.test(name)).length).toBeGreaterThan(5);
  });
});

/** Delivered more than 30 days ago and never confirmed. */
function isForgotten(line: {
  delivered_at: string | null;
  confirmed_at: string | null;
  returned_at: string | null;
}): boolean {
  const { delivered_at, confirmed_at, returned_at } = line;
  if (delivered_at === null || confirmed_at !== null || returned_at !== null) return false;
  return NOW - Date.parse(delivered_at) > 30 * DAY;
}

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
