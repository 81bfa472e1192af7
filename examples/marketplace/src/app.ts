import { consolePages } from "@garim/console";
import { createGarim, type Database, filePlace, fileSpool, type Garim, type Keys } from "@garim/express";
import express, { type Express, type Request } from "express";
import { identityOf } from "./account.ts";
import { isCanary } from "./canary.ts";
import { diagnostics } from "./diagnostics.ts";
import { isSoleTrader } from "./downloads.ts";
import { fillRegisters } from "./duties.ts";
import { leaksOf, tellOperators } from "./leaks.ts";
import { accountOf, endLogIn, logInSessions } from "./log-in.ts";
import { sellerOf, tellOfFindings, tellStaff } from "./messages.ts";
import { addAssets, addPages } from "./pages.ts";
import { recordsOf } from "./records.ts";
import { addBuyerRoutes } from "./routes/buyer.ts";
import { addDownloadRoutes } from "./routes/download.ts";
import { addLogInRoutes } from "./routes/log-in.ts";
import { addOperatorRoutes } from "./routes/operator.ts";
import { addPostRoutes } from "./routes/posts.ts";
import { addSellerRoutes } from "./routes/seller.ts";
import { addStaffRoutes } from "./routes/staff.ts";
import { addToolRoutes } from "./routes/tool.ts";
import { sameOrigin } from "./same-origin.ts";
import { addTokenServer } from "./tools/token-server.ts";
import { TOOL_PATH, toolOptions } from "./tools/tool-options.ts";

/** How authenticator apps and password managers call it. */
const MARKET = "Garim Market";
/** What the privacy pages are headed with. */
const PAGES_NAME = { ko: "가림마켓", en: MARKET };
/** Names the access log in every checkpoint, for ever. */
export const LOG_NAME = "garim-market.example/access-log";

/** What the app works with. */
export interface AppOptions {
  readonly database: Database;
  readonly keys: Keys;
  /** The folder for the log's checkpoints. A real market keeps them on another machine. */
  readonly checkpoints: string;
  /** The folder for encrypted files until they are fetched. Nodes of a real market share it. */
  readonly downloads: string;
  /** Where browsers find it: passkeys belong to this address. */
  readonly url: string;
  /** UTC milliseconds. */
  readonly clock: () => number;
  /** Staff with a course overdue, from their first day, and sellers without a published policy see no buyers' data. */
  readonly isStrict: boolean;
}

/** What the law leaves to the marketplace, and this one asks for where it is strict. */
const STRICT = { educationCondition: 1, educationGraceDays: 0, publicationCondition: 1 } as const;

/** The marketplace's app: its own log-in, its own routes, and Garim in front of what holds buyers' data. */
export async function createApp({
  database,
  keys,
  checkpoints,
  downloads,
  url,
  clock,
  isStrict,
}: AppOptions): Promise<{ app: Express; garim: Garim }> {
  const garim: Garim = await createGarim({
    database,
    keys,
    checkpoints: { origin: LOG_NAME, places: [filePlace(checkpoints, clock)] },
    clock,
    identify: (req) => whoIs(req, database),
    signOut: endLogIn,
    issuer: MARKET,
    passkeys: { rpId: new URL(url).hostname, rpName: MARKET, origins: [url] },
    pages: { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" },
    // Few enough for the demo to show what happens above.
    policy: { staffDayRows: 300, scheduleCondition: 1, ...(isStrict ? STRICT : {}) },
    downloads: {
      spool: fileSpool(downloads),
      isSoleTrader: (seller) => isSoleTrader(database, seller),
    },
    tools: toolOptions(url),
    duties: {
      company: PAGES_NAME.ko,
      records: recordsOf(database, (toolId) => contactOf(garim, toolId)),
      leaks: leaksOf(database),
      onDuties: tellOperators(database),
      onReminder: tellStaff(database),
      seller: sellerOf(database),
    },
    watch: { onFinding: tellOfFindings(database), isCanary },
    logger: diagnostics,
    insecureCookie: process.env["NODE_ENV"] !== "production",
  });

  await fillRegisters(garim);

  const app = express().disable("x-powered-by");
  addAssets(app);
  app.use("/published", garim.published());
  app.use(await logInSessions(database, clock));
  app.use(garim.session());
  // Texts longer than the market's own requests.
  app.use("/duties", garim.duties());
  app.post(`${TOOL_PATH}/receipts`, garim.receipts({ tools: "orders.read" }));
  const looks = { name: PAGES_NAME, logo: "/favicon.svg", style: "/privacy.css" };
  app.use("/privacy", consolePages(garim, { ...looks, home: "/continue" }));
  await addTokenServer(app, garim, looks);
  app.use(sameOrigin, express.json({ limit: "16kb" }));
  addPages(app, garim);
  addLogInRoutes(app, garim, database, clock);
  addSellerRoutes(app, garim, database, clock);
  addDownloadRoutes(app, garim, database);
  addOperatorRoutes(app, garim, database, clock);
  addBuyerRoutes(app, garim, database, clock);
  addPostRoutes(app, garim, database, clock);
  addStaffRoutes(app, garim, database);
  addToolRoutes(app, garim, database, clock);
  app.use("/auditor", garim.auditor());
  app.use(garim.errors());
  garim.routes(app, { strict: true });
  return { app, garim };
}

/** Where the makers of a tool are reached. */
async function contactOf({ tools }: Garim, toolId: string): Promise<string | null> {
  await tools.follower.ready();
  return tools.tools.find(toolId)?.ownerContact ?? null;
}

/** The account behind the marketplace's own log-in, with the roles it has at this moment. */
async function whoIs(req: Request, database: Database): ReturnType<typeof identityOf> {
  const account = accountOf(req);
  return account === undefined ? null : await identityOf(database, account);
}
