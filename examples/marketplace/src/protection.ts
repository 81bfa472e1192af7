import { open, pii, type RecordSchema, type Subject, schema, subject } from "@garim/express";
import { type OrderItem, type OrderLine, type Recipient, type SellerOrder, stateOf } from "./line.ts";

const item = {
  id: open(),
  orderNo: open(),
  lineNo: open(),
  seller: open(),
  product: open(),
  option: open(),
  quantity: open(),
  amount: open(),
  engraving: pii.memo(),
  state: open(),
  orderedAt: open(),
  paidAt: open(),
  preparedAt: open(),
  shippedAt: open(),
  deliveredAt: open(),
  confirmedAt: open(),
  cancelledAt: open(),
  returnedAt: open(),
  claims: [
    { id: open(), type: open(), reason: open(), openedBy: open(), openedAt: open(), closedAt: open() },
  ],
} as const;

const people = {
  buyer: { id: pii.userId(), name: pii.name(), phone: pii.phone(), email: pii.email() },
  recipient: {
    name: pii.name(),
    company: pii.company(),
    phone: pii.phone(),
    postcode: pii.postcode(),
    address: pii.address(),
    customsCode: pii.customsCode(),
  },
  memo: pii.memo(),
} as const;

/** What was stored apart or destroyed has no recipient any more. */
function phoneOf({ recipient }: { readonly recipient: Recipient }): readonly Subject[] {
  return recipient.phone === "" ? [] : [subject.phone(recipient.phone)];
}

/** A line in a list. */
export const orderLine: RecordSchema<OrderLine> = schema<OrderLine>(
  "orderLine",
  { ...item, ...people },
  {
    seller: (line) => line.seller,
    subjects: (line) => [subject.buyer(line.buyer.id), ...phoneOf(line)],
    state: stateOf,
    line: (line) => line.id,
  },
);

/** A line inside its order. */
const orderItem: RecordSchema<OrderItem> = schema<OrderItem>(
  "orderItem",
  { ...item, buyerId: pii.userId() },
  {
    seller: (line) => line.seller,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: stateOf,
  },
);

/** A seller's part of an order. What its lines share follows the last open one; each line's own follows the line. */
export const sellerOrder: RecordSchema<SellerOrder> = schema<SellerOrder>(
  "sellerOrder",
  { orderNo: open(), seller: open(), ...people, lines: [orderItem] },
  {
    seller: (order) => order.seller,
    subjects: (order) => [subject.order(order.orderNo), subject.buyer(order.buyer.id), ...phoneOf(order)],
    state: (order) => order.lines.map(stateOf),
  },
);
