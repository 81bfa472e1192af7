import { DAY, HOUR } from "@garim/policy";
import { ADDRESSES, GIVEN_NAMES, PRODUCTS, SURNAMES } from "./made-up-words.ts";

/** An order line of nobody's. Every way an order can go comes up, so that a tool meets what it will meet. */
export interface MadeUpOrder {
  /** The line's own name, unlike any other; grows from line to line of a seller. */
  readonly lineNo: string;
  readonly orderNo: string;
  readonly sellerId: string;
  readonly product: string;
  readonly quantity: number;
  /** Won. */
  readonly amount: number;
  readonly buyer: {
    readonly id: string;
    readonly name: string;
    readonly phone: string;
    readonly email: string;
  };
  readonly recipient: {
    readonly name: string;
    readonly phone: string;
    readonly postcode: string;
    readonly address: string;
    readonly customsCode: string | null;
  };
  readonly memo: string | null;
  readonly orderedAt: Date;
  readonly paidAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly confirmedAt: Date | null;
  /** Opened by the buyer, and still open. */
  readonly claim: { readonly type: "return"; readonly openedAt: Date } | null;
}

export interface MadeUpOptions {
  /** The sandbox's sellers. */
  readonly sellers: readonly string[];
  /** Lines of each; 40 if left out. */
  readonly each?: number;
  /** The moment they are seen from, UTC milliseconds: "confirmed three days ago" is counted from its day. */
  readonly now: number;
}

/** How far a line has come: days ago. */
interface Journey {
  readonly paid?: number;
  readonly delivered?: number;
  readonly confirmed?: number;
  readonly claimed?: number;
}

/** Most are to be shipped; among them come masked ones, one past its time, one that is not paid, and one with a claim. */
const JOURNEYS: readonly Journey[] = [
  { paid: 1 },
  { paid: 2 },
  { paid: 8, delivered: 4 },
  { paid: 20, delivered: 17, confirmed: 10 },
  { paid: 1 },
  { paid: 9, delivered: 6, confirmed: 3, claimed: 1 },
  {},
  { paid: 120, delivered: 117, confirmed: 100 },
  { paid: 3 },
  { paid: 12, delivered: 9, confirmed: 2 },
];

/**
 * Makes orders for the sandbox, the same ones for the same arguments on the same day. Nobody has the telephone numbers (010-0000),
 * addresses and customs codes in them, and mail to example.com reaches nobody.
 *
 * @returns in the order of sellers and line numbers
 */
export function madeUpOrders({ sellers, each = 40, now }: MadeUpOptions): readonly MadeUpOrder[] {
  const today = Math.floor(now / DAY) * DAY;
  return sellers.flatMap((sellerId) => Array.from({ length: each }, (_, i) => makeOrder(sellerId, i, today)));
}

function makeOrder(sellerId: string, index: number, today: number): MadeUpOrder {
  const journey = JOURNEYS[index % JOURNEYS.length] ?? {};
  const number = String(index + 1).padStart(5, "0");
  const orderNo = `${sellerId}-${number}`;
  const [product, price] = pick(PRODUCTS, index);
  const quantity = (index % 3) + 1;
  return {
    lineNo: `${orderNo}-1`,
    orderNo,
    sellerId,
    product,
    quantity,
    amount: quantity * price,
    ...makePeople(number, index),
    memo: index % 4 === 0 ? "문 앞에 놓아 주세요" : null,
    ...momentsOf(journey, today),
  };
}

function makePeople(number: string, index: number): Pick<MadeUpOrder, "buyer" | "recipient"> {
  const name = pick(SURNAMES, index) + pick(GIVEN_NAMES, index * 7 + 3);
  const phone = `010-0000-${number.slice(-4)}`;
  const [postcode, address] = pick(ADDRESSES, index);
  const customsCode = index % 5 === 0 ? `P${number.padStart(12, "0")}` : null;
  return {
    buyer: { id: `made-up-${number}`, name, phone, email: `buyer-${number}@example.com` },
    recipient: { name, phone, postcode, address: `${address} ${index + 1}`, customsCode },
  };
}

type Moments = Pick<MadeUpOrder, "orderedAt" | "paidAt" | "deliveredAt" | "confirmedAt" | "claim">;

function momentsOf({ paid, delivered, confirmed, claimed }: Journey, today: number): Moments {
  const claimedAt = daysBefore(today, claimed);
  return {
    orderedAt: new Date(today - (paid ?? 1) * DAY - HOUR),
    paidAt: daysBefore(today, paid),
    deliveredAt: daysBefore(today, delivered),
    confirmedAt: daysBefore(today, confirmed),
    claim: claimedAt === null ? null : { type: "return", openedAt: claimedAt },
  };
}

function daysBefore(today: number, days: number | undefined): Date | null {
  return days === undefined ? null : new Date(today - days * DAY);
}

function pick<T>(list: readonly [T, ...T[]], index: number): T {
  return list[index % list.length] ?? list[0];
}
