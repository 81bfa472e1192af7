import { join } from "node:path";
import {
  createGarim,
  type Database,
  filePlace,
  fileSpool,
  type Garim,
  type GarimOptions,
  type Identity,
  keysFromFile,
} from "@garim/express";
import express, { type Express, type Request } from "express";
import { sellerOf } from "../orders.ts";
import { AUDIENCE, addDesk, ISSUER } from "./desk.ts";
import { comeAgain, sayOut } from "./outage.ts";
import { order } from "./protection.ts";
import { confirm, createOrders, findOrder, listAfter, listPage, streamPage } from "./rows.ts";
import { ORIGIN } from "./settings.ts";

const PLENTY = 1_000_000_000;

/** What the app works with. */
export interface AppOptions {
  readonly database: Database;
  readonly redis: NonNullable<GarimOptions["redis"]>;
  readonly folder: string;
  readonly clock: () => number;
}

/** A marketplace's app: orders of several sellers, their staff, a tool, files, and Garim in front. */
export async function createApp({ database, redis, folder, clock }: AppOptions): Promise<Express> {
  await createOrders(database);
  const garim = await createGarim({
    database,
    redis,
    keys: keysFromFile(join(folder, "garim.keys")),
    checkpoints: { origin: ORIGIN, places: [filePlace(join(folder, "checkpoints"))] },
    clock,
    identify,
    downloads: { spool: fileSpool(join(folder, "downloads")) },
    tools: { issuer: ISSUER, audience: AUDIENCE, budgets: BUDGETS },
    logger: { info: ignore, warn: say, error: say },
    insecureCookie: true,
  });
  const app = express();
  app.use(garim.session());
  app.use("/privacy", garim.privacy());
  addOrders(app, garim, database);
  addDesk(app, garim, clock);
  app.post("/orders/:n/confirm", garim.unguarded("the buyer's own order"), async (req, res) => {
    await confirm(database, Number(req.params["n"])).catch(sayOut);
    res.sendStatus(204);
  });
  app.use(comeAgain, garim.errors());
  return app;
}

function addOrders(app: Express, garim: Garim, database: Database): void {
  const page = garim.reveal([order], { purpose: "fulfilment" });
  app.get("/orders", page, async (req, res) => {
    res.json(await listPage(database, sellerIn(req), Number(req.query["page"])).catch(sayOut));
  });
  // A number is enough: that it is another seller's order is Garim's to see.
  app.get("/orders/:n", garim.reveal(order, { purpose: "fulfilment" }), async (req, res) => {
    res.json(await findOrder(database, Number(req.params["n"])).catch(sayOut));
  });
  const bulk = garim.bulk(order, {
    purpose: "fulfilment",
    tools: "orders.read",
    keyOf: ({ rules }) => String(rules.n),
    read: ({ caller, after, limit, req }) =>
      listAfter(database, caller.sellers, Number(after ?? req.query["from"] ?? -1), limit).catch(sayOut),
  });
  app.get("/tool/orders", bulk);
  app.post("/exports", garim.download(order, { count: () => 1 }), (req, res) =>
    res.rows(streamPage(database, sellerIn(req), Number(req.get("x-page")))),
  );
  app.use("/exports", garim.downloads());
}

/** Who asks is told by headers, as behind a proxy that has logged people in. */
const identify = (req: Request): Identity | null => {
  const user = req.get("x-user");
  if (user === undefined) return null;
  const [staffId = "", sellerId = ""] = user.split("/");
  return { kind: "staff", staffId, sellerId, roles: ["owner"], authenticatedAt: Number(req.get("x-since")) };
};

const sellerIn = (req: Request): string => req.get("x-user")?.split("/")[1] ?? sellerOf(0);

const BUDGETS = {
  keyRequests: PLENTY,
  toolRequests: PLENTY,
  addressRequests: PLENTY,
  sellerRequests: PLENTY,
  keySubjects: PLENTY,
  toolSubjects: PLENTY,
  sellerSubjects: PLENTY,
  addressSubjects: PLENTY,
};

const ignore = (): void => undefined;

function say(fields: object, message: string): void {
  if (process.env["GARIM_FAULTS_LOUD"] === "1")
    process.stderr.write(`${process.pid} ${message} ${JSON.stringify(fields)}\n`);
}
