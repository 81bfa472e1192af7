import type { Request, RequestHandler } from "express";
import { makeOrders, type Order } from "../orders.ts";

/** Orders of each seller; each seller has one staff member, and each connection of the load is one of them. */
const ORDERS_OF_SELLER = 100;

/** One seller for each of the 64 connections. */
export const SELLERS: readonly string[] = Array.from({ length: 64 }, (_, i) => `S${1_000 + i}`);

/** Says who asks: the number of a seller, as a trusted proxy would say it. */
export const SELLER_HEADER = "x-seller";

/** The seller's number a request names; `NaN` where it names none. */
export function sellerOf(req: Request): number {
  return Number.parseInt(req.get(SELLER_HEADER) ?? "", 10);
}

/** The handler both servers share: the next page of the seller's orders, a new array as a query would give. */
export function listOrders(): RequestHandler {
  const all = makeOrders(SELLERS.length * ORDERS_OF_SELLER);
  const bySeller = SELLERS.map((sellerId, i) =>
    all.slice(i * ORDERS_OF_SELLER, (i + 1) * ORDERS_OF_SELLER).map((order) => ({ ...order, sellerId })),
  );
  let turn = 0;
  return (req, res) => {
    const size = Number(req.params["size"]);
    const orders: readonly Order[] = bySeller[sellerOf(req)] ?? [];
    const start = (turn++ * size) % ORDERS_OF_SELLER;
    res.json(orders.slice(start, start + size));
  };
}
