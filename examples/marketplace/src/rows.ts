import type { Database } from "@garim/express";

/** A moment as ISO 8601 text in UTC. */
export type IsoMoment = string;

export interface SellerRow {
  readonly id: string;
  readonly name: string;
}

export interface StaffRow {
  readonly id: string;
  readonly seller_id: string;
  readonly roles: readonly string[];
}

export interface PersonRow {
  readonly id: string;
}

/** A log-in: of exactly one of the four kinds of people. */
export interface UserRow {
  readonly name: string;
  readonly password: string;
  readonly staff_id?: string;
  readonly operator_id?: string;
  readonly auditor_id?: string;
  readonly buyer_id?: string;
}

export interface BuyerRow {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
}

export interface OrderRow {
  readonly order_no: string;
  readonly buyer_id: string;
  readonly ordered_at: IsoMoment;
  readonly paid_at: IsoMoment | null;
  readonly recipient_name: string;
  readonly recipient_company: string | null;
  readonly recipient_phone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly customs_code: string | null;
  readonly memo: string | null;
}

/** The moments of a line after payment, in the order a line goes through them. */
export interface LineMoments {
  readonly prepared_at: IsoMoment | null;
  readonly shipped_at: IsoMoment | null;
  readonly delivered_at: IsoMoment | null;
  readonly confirmed_at: IsoMoment | null;
  readonly cancelled_at: IsoMoment | null;
  readonly returned_at: IsoMoment | null;
}

export interface LineRow extends LineMoments {
  readonly id: string;
  readonly order_no: string;
  readonly line_no: number;
  readonly seller_id: string;
  readonly product: string;
  readonly option: string | null;
  readonly quantity: number;
  /** Korean won. */
  readonly amount: number;
  /** What the buyer wants engraved or printed: free text. */
  readonly engraving: string | null;
}

export interface ClaimRow {
  readonly id: string;
  readonly line_id: string;
  readonly type: string;
  readonly reason: string;
  readonly opened_by: string;
  readonly opened_at: IsoMoment;
  readonly closed_at: IsoMoment | null;
}

/** Orders and what they refer to: what a seed or somebody's file brings. */
export interface OrderRows {
  readonly sellers: readonly SellerRow[];
  readonly buyers: readonly BuyerRow[];
  readonly orders: readonly OrderRow[];
  readonly order_lines: readonly LineRow[];
  readonly claims: readonly ClaimRow[];
}

/** The people of the marketplace and their log-ins. */
export interface AccountRows {
  readonly staff: readonly StaffRow[];
  readonly operators: readonly PersonRow[];
  readonly auditors: readonly PersonRow[];
  readonly users: readonly UserRow[];
}

/** In the order of their references. People who are there already stay as they are; an order that is there is an error. */
const TABLES: readonly (readonly [keyof (OrderRows & AccountRows), "ON CONFLICT DO NOTHING" | ""])[] = [
  ["sellers", "ON CONFLICT DO NOTHING"],
  ["staff", "ON CONFLICT DO NOTHING"],
  ["operators", "ON CONFLICT DO NOTHING"],
  ["auditors", "ON CONFLICT DO NOTHING"],
  ["buyers", "ON CONFLICT DO NOTHING"],
  ["users", "ON CONFLICT DO NOTHING"],
  ["orders", ""],
  ["order_lines", ""],
  ["claims", ""],
];

const INSERT_ALL = `WITH ${TABLES.map(
  ([table, conflict]) =>
    `${table} AS (INSERT INTO market.${table}
      SELECT * FROM jsonb_populate_recordset(null::market.${table}, $1::jsonb -> '${table}') ${conflict})`,
).join(", ")} SELECT 1`;

/**
 * Inserts all rows or none: it is one statement, so no transaction has to be passed around and nothing is loaded by halves.
 * Two thousand orders take less than a second.
 */
export async function insertRows(database: Database, rows: OrderRows & AccountRows): Promise<void> {
  await database.query(INSERT_ALL, [JSON.stringify(rows)]);
}
