import type { LineState } from "@garim/express";

/** Where a line stands, read off its moments (see the view `market.lines`). */
export const LINE_STATES = [
  "unpaid",
  "paid",
  "preparing",
  "shipping",
  "delivered",
  "confirmed",
  "cancelled",
  "returned",
] as const;
export type LineStateName = (typeof LINE_STATES)[number];

export const CLAIM_TYPES = ["cancellation", "return", "exchange", "service"] as const;
export type ClaimType = (typeof CLAIM_TYPES)[number];

export const CLAIM_REASONS = ["changed-mind", "defect", "damaged", "wrong-item", "missing-part"] as const;
export type ClaimReason = (typeof CLAIM_REASONS)[number];

export interface Claim {
  readonly id: string;
  readonly type: ClaimType;
  readonly reason: ClaimReason;
  readonly openedBy: "buyer" | "operator";
  /** ISO 8601 with a zone. */
  readonly openedAt: string;
  readonly closedAt: string | null;
}

/** When what happened to a line. */
export interface Moments {
  readonly orderedAt: Date;
  readonly paidAt: Date | null;
  readonly preparedAt: Date | null;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly returnedAt: Date | null;
}

/** What a line is, without the people. */
export interface Item extends Moments {
  readonly id: string;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly seller: string;
  readonly product: string;
  readonly option: string | null;
  readonly quantity: number;
  readonly amount: number;
  readonly engraving: string | null;
  readonly state: LineStateName;
  readonly claims: readonly Claim[];
}

export interface Buyer {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
}

export interface Recipient {
  readonly name: string;
  readonly company: string | null;
  readonly phone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly customsCode: string | null;
}

/** A line with its people, as lists show it. */
export interface OrderLine extends Item {
  readonly buyer: Buyer;
  readonly recipient: Recipient;
  readonly memo: string | null;
}

/** A line inside its order: the order has the people, the line only whose it is. */
export interface OrderItem extends Item {
  readonly buyerId: string;
}

/** What one seller has to deliver of one checkout. Its lines share buyer, recipient and memo. */
export interface SellerOrder {
  readonly orderNo: string;
  readonly seller: string;
  readonly buyer: Buyer;
  readonly recipient: Recipient;
  readonly memo: string | null;
  readonly lines: readonly OrderItem[];
}

/** The state of a line in Garim's words. */
export function stateOf(line: Item): LineState {
  return {
    paidAt: line.paidAt,
    deliveredAt: line.deliveredAt,
    purposeEndedAt: earliest(line.confirmedAt, line.cancelledAt, line.returnedAt),
    claim: line.claims,
  };
}

function earliest(...moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((at) => at !== null).map((at) => at.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}
