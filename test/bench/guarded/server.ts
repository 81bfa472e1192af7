import { randomBytes } from "node:crypto";
import { createGarim, type Identity, type Keys, type StaffIdentity } from "@garim/express";
import express, { type Express, type Request } from "express";
import { Pool } from "pg";
import { orderSchema } from "../orders.ts";
import { listOrders, SELLERS, sellerOf } from "./shop.ts";

/** One of the two servers, in a process of its own: `node server.js bare|guarded`. Sends its port when it is ready. */
const app = process.argv[2] === "guarded" ? await openGuarded() : openBare();
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
process.once("disconnect", () => process.exit());

function openBare(): Express {
  return express().get("/orders/:size", listOrders());
}

async function openGuarded(): Promise<Express> {
  const database = new Pool({ connectionString: process.env["DATABASE_URL"], max: 8 });
  const garim = await createGarim({
    database,
    keys: makeKeys(),
    identify: identifyStaff(),
  });
  const app = express();
  app.use(garim.session());
  app.use("/privacy", garim.secondFactor());
  app.get("/orders/:size", garim.reveal([orderSchema], { purpose: "fulfilment" }), listOrders());
  app.use(garim.errors());
  return app;
}

/** The host's log-in, at no cost: what the host spends on its own session is not the guard's. */
function identifyStaff(): (req: Request) => Identity | undefined {
  const authenticatedAt = Date.now();
  const staff = SELLERS.map(
    (sellerId, i): StaffIdentity => ({
      kind: "staff",
      staffId: `staff-${i}`,
      sellerId,
      roles: ["owner"],
      authenticatedAt,
    }),
  );
  return (req) => staff[sellerOf(req)];
}

function makeKeys(): Keys {
  const subjects = [{ id: "s1", key: randomBytes(32) }];
  const secrets = [{ id: "f1", key: randomBytes(32) }];
  return { subjects: { all: () => subjects }, secrets: { all: () => secrets } };
}
