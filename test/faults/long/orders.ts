/** What the market of the fault run holds: everything about an order follows from its number, so that every process knows it. */

/** Sellers, each with staff of its own. */
export const SELLERS: readonly string[] = ["S0", "S1", "S2", "S3", "S4"];

/** All orders: numbers from 0. Phones hold the number, which takes four digits. */
export const ORDERS = 4_000;
/** How each phone ends. */
const PHONE_END = "5678";

/** Orders of a page. */
export const PAGE_SIZE = 20;

/** Pages each seller has. */
export const PAGES: number = ORDERS / SELLERS.length / PAGE_SIZE;

export function sellerOf(order: number): string {
  return SELLERS[order % SELLERS.length] ?? "";
}

export function buyerOf(order: number): string {
  return `buyer-${order % 700}`;
}

/** The page of its seller's orders on which an order stands, from 0. */
export function pageOf(order: number): number {
  return Math.floor(order / SELLERS.length / PAGE_SIZE);
}

/** Buyers' data: whatever is clear of it tells the order's number, and no mask keeps that. */
export interface Recipient {
  readonly phone: string;
  readonly email: string;
  readonly address: string;
}

const LEAST_PHONE = 1_000;

export function recipientOf(order: number): Recipient {
  return {
    phone: `010-${LEAST_PHONE + order}-${PHONE_END}`,
    email: `wq${order}@canary.example`,
    address: `서울특별시 강남구 카나리아로 ${order}, 101동 1호`,
  };
}

const CLEAR: readonly (readonly [pattern: RegExp, least: number])[] = [
  [/카나리아로 (\d+),/g, 0],
  [/wq(\d+)@/g, 0],
  // The middle of a UUID may read like a phone: other digits stand before it.
  [new RegExp(`(?<![0-9a-f])010-(\\d{4})-${PHONE_END}`, "g"), LEAST_PHONE],
];
const NAMED = /"orderNo":"N(\d+)"/g;

/** The orders of which text holds data no mask keeps, wherever it stands: a piece of an answer will do. */
export function clearOrdersIn(text: string): ReadonlySet<number> {
  return new Set(CLEAR.flatMap(([pattern, least]) => numbersIn(text, pattern, least)));
}

/** The orders that text names at all. */
export function namedOrdersIn(text: string): ReadonlySet<number> {
  return new Set(numbersIn(text, NAMED, 0));
}

function numbersIn(text: string, pattern: RegExp, least: number): number[] {
  return Array.from(text.matchAll(pattern), ([, digits]) => Number(digits) - least);
}
