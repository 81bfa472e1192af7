import type { RequestHandler, Response } from "express";
import maskData from "maskdata";
import type { Pool } from "pg";
import type { Order } from "../orders.ts";

/** The table and the indexes one would give it: who looked, and at whose orders. */
const TABLE = `create table if not exists accesses (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null, seller text not null, action text not null, ip text, orders jsonb not null
);
create index if not exists accesses_of_actor on accesses (actor, at);
create index if not exists accesses_of_seller on accesses (seller, at)`;

const INSERT = "insert into accesses (actor, seller, action, ip, orders) values ($1, $2, $3, $4, $5)";

const MASKS = {
  emailMaskOptions: { maskWith: "*", unmaskedStartCharactersBeforeAt: 2, unmaskedEndCharactersBeforeAt: 0 },
  emailFields: ["buyerEmail"],
  phoneMaskOptions: { maskWith: "*", unmaskedStartDigits: 4, unmaskedEndDigits: 5 },
  phoneFields: ["buyerPhone", "recipientPhone1", "recipientPhone2"],
  stringMaskOptions: { maskWith: "*", maskOnlyFirstOccurance: false, maskAll: true, maskSpace: true },
  stringFields: [
    "buyerId",
    "buyerName",
    "recipientName",
    "zipCode",
    "roadAddress",
    "detailAddress",
    "deliveryMemo",
    "customsCode",
  ],
};

/** Who asks, as the part before has proved it. */
export type Asker = (res: Response) => { readonly actor: string; readonly seller: string };

export async function makeTable(pool: Pool): Promise<void> {
  await pool.query(TABLE);
}

/** Puts itself before `res.json`, as such parts do: the orders are on record, then they are sent, the confirmed ones masked by maskdata. */
export function recordAndMask(pool: Pool, askerOf: Asker): RequestHandler {
  return (req, res, next) => {
    const send = res.json.bind(res);
    res.json = (orders: readonly Order[]) => {
      const { actor, seller } = askerOf(res);
      const seen = orders.map(({ orderNo, confirmedAt }) => ({ orderNo, isMasked: confirmedAt !== null }));
      pool
        .query(INSERT, [actor, seller, "orders.list", req.ip, JSON.stringify(seen)])
        .then(() => send(orders.map(maskConfirmed)), next);
      return res;
    };
    next();
  };
}

function maskConfirmed(order: Order): unknown {
  return order.confirmedAt === null ? order : maskData.maskJSON2(order, MASKS);
}
