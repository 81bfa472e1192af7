import type { Garim } from "@garim/express";
import express, { type Express, type RequestHandler } from "express";
import { orderSchema } from "../orders.ts";
import { openExpressSession } from "./express-session.ts";
import { openGarim } from "./garim.ts";
import { openPopular } from "./popular.ts";
import { openPopularTool } from "./popular-tool.ts";
import { listOrders } from "./shop.ts";
import { openTokenApp } from "./token-app.ts";
import { openToolApp } from "./tool-app.ts";

/**
 * An app that is compared: `bare`, the whole guard on its route (`guarded`), only the proof of it, which is session and second
 * factor (`proved`), what hosts use for that otherwise (`express-session`), the whole guard for a seller's tool (`tool`), or the
 * same jobs done by popular parts (`popular`, `popular-tool`); and the one that gives tools their tokens (`tokens`).
 */
export type AppName =
  | "bare"
  | "guarded"
  | "proved"
  | "express-session"
  | "popular"
  | "tool"
  | "popular-tool"
  | "tokens";

/** As `app.listen` serves it, or with the `serverOptions` of `@garim/express`: requests and responses are `born` as the app's. */
export type ServedApp = AppName | `${AppName} born`;

/** All but `tokens` answer `GET /orders/:size` by the same handler. */
export const APPS: Readonly<Record<AppName, () => Promise<Express>>> = {
  bare: async () => express().get("/orders/:size", listOrders()),
  guarded: () => openWithGarim((garim) => garim.reveal([orderSchema], { purpose: "fulfilment" })),
  proved: () => openWithGarim((garim) => garim.stepUp()),
  "express-session": openExpressSession,
  popular: openPopular,
  tool: openToolApp,
  "popular-tool": openPopularTool,
  tokens: openTokenApp,
};

/**
 * The orders are made first, as in the bare app: serializing those that came to lie between Garim's own objects took 7 % longer. And
 * no other path is looked at before theirs: finding the route is Express's work.
 */
async function openWithGarim(guard: (garim: Garim) => RequestHandler): Promise<Express> {
  const handler = listOrders();
  const garim = await openGarim();
  const app = express();
  app.use(garim.session());
  app.get("/orders/:size", guard(garim), handler);
  app.use("/privacy", garim.privacy());
  app.use(garim.errors());
  return app;
}
