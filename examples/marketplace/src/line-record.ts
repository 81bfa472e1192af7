import type { Claim, LineStateName, OrderItem, OrderLine, SellerOrder } from "./line.ts";

/** A row of the view `market.lines`. */
export interface LineRecord {
  readonly id: string;
  readonly order_no: string;
  readonly line_no: number;
  readonly seller_id: string;
  readonly product: string;
  readonly option: string | null;
  readonly quantity: number;
  readonly amount: number;
  readonly engraving: string | null;
  readonly state: LineStateName;
  readonly claims: readonly Claim[];
  readonly ordered_at: Date;
  readonly paid_at: Date | null;
  readonly prepared_at: Date | null;
  readonly shipped_at: Date | null;
  readonly delivered_at: Date | null;
  readonly confirmed_at: Date | null;
  readonly cancelled_at: Date | null;
  readonly returned_at: Date | null;
  readonly buyer_id: string;
  readonly buyer_name: string;
  readonly buyer_phone: string;
  readonly buyer_email: string | null;
  readonly recipient_name: string;
  readonly recipient_company: string | null;
  readonly recipient_phone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly customs_code: string | null;
  readonly memo: string | null;
}

/** A line as lists show it. */
export function toLine(row: LineRecord): OrderLine {
  return {
    id: row.id,
    orderNo: row.order_no,
    lineNo: row.line_no,
    seller: row.seller_id,
    product: row.product,
    option: row.option,
    quantity: row.quantity,
    amount: row.amount,
    engraving: row.engraving,
    state: row.state,
    orderedAt: row.ordered_at,
    paidAt: row.paid_at,
    preparedAt: row.prepared_at,
    shippedAt: row.shipped_at,
    deliveredAt: row.delivered_at,
    confirmedAt: row.confirmed_at,
    cancelledAt: row.cancelled_at,
    returnedAt: row.returned_at,
    claims: row.claims,
    buyer: { id: row.buyer_id, name: row.buyer_name, phone: row.buyer_phone, email: row.buyer_email },
    recipient: {
      name: row.recipient_name,
      company: row.recipient_company,
      phone: row.recipient_phone,
      postcode: row.postcode,
      address: row.address,
      customsCode: row.customs_code,
    },
    memo: row.memo,
  };
}

/** The parts of an order, one per seller, from its lines in the order of their sellers. */
export function toSellerOrders(lines: readonly OrderLine[]): readonly SellerOrder[] {
  const sellers = [...new Set(lines.map((line) => line.seller))];
  return sellers.flatMap((seller) => toSellerOrder(lines.filter((line) => line.seller === seller)));
}

function toSellerOrder(lines: readonly OrderLine[]): readonly SellerOrder[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { orderNo, seller, buyer, recipient, memo } = first;
  return [{ orderNo, seller, buyer, recipient, memo, lines: lines.map(toItem) }];
}

function toItem({ buyer, recipient: _recipient, memo: _memo, ...item }: OrderLine): OrderItem {
  return { ...item, buyerId: buyer.id };
}
