/** ISO 8601 in UTC. */
type Moment = string;

/** One order line of the file, every field read. */
export interface FileLine {
  /** Where it stands in the file, from 1. */
  readonly line: number;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly seller: string;
  readonly orderedAt: Moment;
  readonly paidAt: Moment | null;
  readonly preparedAt: Moment | null;
  readonly shippedAt: Moment | null;
  readonly deliveredAt: Moment | null;
  readonly confirmedAt: Moment | null;
  readonly cancelledAt: Moment | null;
  readonly returnedAt: Moment | null;
  readonly product: string;
  readonly option: string | null;
  readonly quantity: number;
  readonly amount: number;
  readonly engraving: string | null;
  readonly buyer: string;
  readonly buyerName: string;
  readonly buyerPhone: string;
  readonly buyerEmail: string | null;
  readonly recipientName: string;
  readonly recipientCompany: string | null;
  readonly recipientPhone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly customsCode: string | null;
  readonly memo: string | null;
  readonly claimType: string | null;
  readonly claimReason: string | null;
  readonly claimOpenedBy: string | null;
  readonly claimOpenedAt: Moment | null;
  readonly claimClosedAt: Moment | null;
}

/** A field of the file. */
export type FieldName = Exclude<keyof FileLine, "line">;
