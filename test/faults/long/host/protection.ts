import { open, pii, type RecordSchema, schema, subject } from "@garim/express";
import { buyerOf, type Recipient, recipientOf, sellerOf } from "../orders.ts";

/** A row of the host's table. */
export interface OrderRow {
  readonly n: number;
  readonly paid_at: Date;
  readonly confirmed_at: Date | null;
}

/** What a handler answers with. */
export interface Order {
  readonly orderNo: string;
  readonly recipient: Recipient;
  /** Not in the answer: what the rules need. */
  readonly rules: Readonly<{ n: number; paidAt: string; confirmedAt: string | null }>;
}

export const order: RecordSchema<Order> = schema<Order>(
  "order",
  { orderNo: open(), recipient: { phone: pii.phone(), email: pii.email(), address: pii.address() } },
  {
    seller: ({ rules }) => sellerOf(rules.n),
    subjects: ({ rules, recipient }) => [subject.buyer(buyerOf(rules.n)), subject.phone(recipient.phone)],
    state: ({ rules }) => ({ paidAt: rules.paidAt, purposeEndedAt: rules.confirmedAt }),
  },
);

export function toOrder({ n, paid_at, confirmed_at }: OrderRow): Order {
  const rules = { n, paidAt: paid_at.toISOString(), confirmedAt: confirmed_at?.toISOString() ?? null };
  const answer = { orderNo: `N${n}`, recipient: recipientOf(n) };
  return Object.defineProperty(answer, "rules", { value: rules, enumerable: false }) as Order;
}
