import { type MadeUpOrder, madeUpOrders, type ToolCaller } from "@garim/express";
import type { Claim, OrderLine } from "../line.ts";

/** Nobody sells under these names; one of them agreed and changed their mind. */
export const SANDBOX = {
  sellers: ["sandbox-1", "sandbox-2"],
  revoked: ["sandbox-revoked"],
} as const;

const SELLERS = [...SANDBOX.sellers, ...SANDBOX.revoked];

/** A page of what a tool reads before it is approved: made-up orders, in the order of their ids, in the market's own form. */
export function listMadeUpLines(
  { sellers, orders }: ToolCaller,
  after: string | null,
  size: number,
  now: number,
): readonly OrderLine[] {
  const lines = madeUpOrders({ sellers: SELLERS, now }).map(toLine);
  const wanted = lines.filter(
    ({ id, seller }) =>
      sellers.includes(seller) && (orders?.includes(id) ?? true) && (after === null || id > after),
  );
  return wanted.slice(0, size);
}

function toLine(order: MadeUpOrder): OrderLine {
  const { lineNo: id, orderNo, sellerId: seller, product, quantity, amount, buyer, recipient, memo } = order;
  const { orderedAt, paidAt, deliveredAt, confirmedAt } = order;
  const none = { preparedAt: null, shippedAt: deliveredAt, cancelledAt: null, returnedAt: null };
  return {
    ...{ id, orderNo, lineNo: 1, seller, product, option: null, quantity, amount, engraving: null },
    ...{ orderedAt, paidAt, deliveredAt, confirmedAt, ...none },
    state: stateOf(order),
    claims: claimsOf(order),
    buyer,
    recipient: { ...recipient, company: null },
    memo,
  };
}

function stateOf({ paidAt, deliveredAt, confirmedAt }: MadeUpOrder): OrderLine["state"] {
  if (paidAt === null) return "unpaid";
  if (confirmedAt !== null) return "confirmed";
  return deliveredAt === null ? "paid" : "delivered";
}

function claimsOf({ lineNo, claim }: MadeUpOrder): readonly Claim[] {
  if (claim === null) return [];
  const { type, openedAt } = claim;
  const more = { openedBy: "buyer", openedAt: openedAt.toISOString(), closedAt: null } as const;
  return [{ id: `${lineNo}-claim`, type, reason: "defect", ...more }];
}
