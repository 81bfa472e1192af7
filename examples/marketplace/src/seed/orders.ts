import type { BuyerRow, ClaimRow, LineRow, OrderRow, OrderRows, SellerRow } from "../rows.ts";
import { JOURNEYS, type Journey } from "./journey.ts";
import { claimsOf, makeLine, momentsOf, toIso } from "./line.ts";
import {
  makeAddress,
  makeCompany,
  makeCustomsCode,
  makeEmail,
  makeMemo,
  makeName,
  makePhone,
} from "./people.ts";
import { createRandom, type Random } from "./random.ts";

const DAY = 86_400_000;
const SEED = 20_261_031;
const UNPAID_EVERY = 25;
/** The first buyers have log-ins, so they order often: one order in twenty each. */
const REGULARS = 3;
const REGULAR_EVERY = 20;
const BUYERS_PER_ORDER = 0.4;

/** Fictitious, like everything here. */
export const SELLERS: readonly [SellerRow, ...SellerRow[]] = [
  { id: "hanbit", name: "한빛농장" },
  { id: "dasom", name: "다솜의류" },
  { id: "maru", name: "마루전자" },
  { id: "onnuri", name: "온누리공방" },
];

interface Growing {
  readonly orders: OrderRow[];
  readonly order_lines: LineRow[];
  readonly claims: ClaimRow[];
}

/**
 * Makes orders of one to three lines, in every state a line can be in, always the same ones for the same arguments.
 *
 * @param count - how many orders
 * @param now - the moment they are seen from, UTC milliseconds: "confirmed 91 days ago" is counted from here
 */
export function seedOrders(count: number, now: number): OrderRows {
  const random = createRandom(SEED);
  const buyers = makeBuyers(Math.max(REGULARS + 1, Math.ceil(count * BUYERS_PER_ORDER)), random);
  const rows: Growing = { orders: [], order_lines: [], claims: [] };
  for (let i = 0; i < count; i++) addOrder(rows, i, buyerOf(i, buyers, random), now, random);
  return { sellers: SELLERS, buyers, ...rows };
}

function makeBuyers(count: number, random: Random): readonly [BuyerRow, ...BuyerRow[]] {
  const make = (_: unknown, i: number): BuyerRow => {
    const id = `b${String(i + 1).padStart(5, "0")}`;
    return {
      id,
      name: makeName(random),
      phone: makePhone(random),
      email: random.chance(90) ? makeEmail(random, id) : null,
    };
  };
  return [make(undefined, 0), ...Array.from({ length: count - 1 }, (_, i) => make(undefined, i + 1))];
}

function buyerOf(order: number, buyers: readonly [BuyerRow, ...BuyerRow[]], random: Random): BuyerRow {
  const place = order % REGULAR_EVERY;
  return buyers[place < REGULARS ? place : random.whole(REGULARS, buyers.length - 1)] ?? buyers[0];
}

function addOrder(rows: Growing, index: number, buyer: BuyerRow, now: number, random: Random): void {
  const isUnpaid = index % UNPAID_EVERY === UNPAID_EVERY - 1;
  const journeys = Array.from({ length: random.whole(1, 3) }, (_, i) => journeyOf(index, i, random));
  const orderedAt = isUnpaid ? now - random.whole(1, 48) * (DAY / 24) : orderedBefore(journeys, now, random);
  const orderNo = numberOrder(orderedAt, index);
  rows.orders.push(makeOrder(orderNo, buyer, orderedAt, isUnpaid, random));
  const seller = random.pick(SELLERS);
  for (const [i, journey] of journeys.entries()) {
    const line = makeLine(orderNo, i + 1, random.chance(70) ? seller : random.pick(SELLERS), random);
    rows.order_lines.push({ ...line, ...momentsOf(isUnpaid ? { name: "unpaid" } : journey, now) });
    if (!isUnpaid) rows.claims.push(...claimsOf(line.id, journey, now));
  }
}

/** Orders take the journeys in turn; their further lines are mostly as far as the first, sometimes one place older. */
function journeyOf(order: number, line: number, random: Random): Journey {
  const place = line === 0 || random.chance(60) ? order : order + 1;
  return JOURNEYS[place % JOURNEYS.length] ?? JOURNEYS[0];
}

/** A checkout somewhat before the first thing that happened to any of its lines. */
function orderedBefore(journeys: readonly Journey[], now: number, random: Random): number {
  const first = Math.max(
    ...journeys.map((journey) => journey.prepared ?? journey.claim?.opened ?? journey.cancelled ?? 0.1),
  );
  return now - Math.round((first + 0.05) * DAY) - random.whole(1, 600) * 60_000;
}

/** The Korean day of the checkout and a running number. */
function numberOrder(orderedAt: number, index: number): string {
  const koreanDay = new Date(orderedAt + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "");
  return `${koreanDay}-${String(index + 1).padStart(6, "0")}`;
}

function makeOrder(
  orderNo: string,
  buyer: BuyerRow,
  at: number,
  isUnpaid: boolean,
  random: Random,
): OrderRow {
  const isGift = random.chance(25);
  const { postcode, address } = makeAddress(random);
  return {
    order_no: orderNo,
    buyer_id: buyer.id,
    ordered_at: toIso(at),
    paid_at: isUnpaid ? null : toIso(at + 60_000),
    recipient_name: isGift ? makeName(random) : buyer.name,
    recipient_company: makeCompany(random),
    recipient_phone: isGift ? makePhone(random) : buyer.phone,
    postcode,
    address,
    customs_code: makeCustomsCode(random),
    memo: makeMemo(random),
  };
}
