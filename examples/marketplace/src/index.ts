import type { Server } from "node:http";
import { dirname, join } from "node:path";
import { type Database, type Garim, isGarimError, type Keys, keysFromFile } from "@garim/express";
import { type AppOptions, createApp } from "./app.ts";
import { cannotWrite, makeFolder, type OpenDatabase, openEmbedded, openServer } from "./database.ts";
import { readOrdersFile } from "./orders-file/read.ts";
import type { OrderRows } from "./rows.ts";
import { seedOrders } from "./seed/orders.ts";
import { closeServer, listen, serve, urlOf } from "./server.ts";
import { addOrders, hasOrders, listSellers, stock } from "./stock.ts";
import { createTables, dropTables } from "./tables.ts";
import { approveTools } from "./tools/demo-desk.ts";

export { LOG_NAME } from "./app.ts";
export { DEMO_PASSWORD, type DemoLogIn, listDemoLogIns } from "./demo.ts";
export { PlainError } from "./plain-error.ts";

/** How a marketplace is started. */
export interface MarketplaceOptions {
  /** 0 for any free one. Default 3000. */
  readonly port?: number | undefined;
  /** An open database, left open on close. Default: that of `DATABASE_URL`, else an embedded one in `dataDir`. */
  readonly database?: Database | undefined;
  /** Where the embedded database and the keys are. Default `./.garim/marketplace`. */
  readonly dataDir?: string | undefined;
  /** Begin with an empty market. */
  readonly fresh?: boolean | undefined;
  /** Somebody's own orders instead of the demo's. */
  readonly ordersFile?: string | undefined;
  /** How many demo orders an empty market is filled with. Default 2000. */
  readonly orders?: number | undefined;
  /** UTC milliseconds. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /** Default `garim.keys` in `dataDir`. */
  readonly keysFile?: string | undefined;
  /** Staff with a course overdue and sellers without a published privacy policy see no buyers' data. Default false. */
  readonly strict?: boolean | undefined;
  /** Approve every seller tool that applies, as if all papers were signed. Default false. */
  readonly approvesTools?: boolean | undefined;
}

/** A marketplace that is open. */
export interface Marketplace {
  readonly url: string;
  readonly database: Database;
  readonly garim: Garim;
  close(): Promise<void>;
}

const DATA_DIR = join(".garim", "marketplace");
const PORT = 3_000;
const ORDERS = 2_000;

/**
 * Opens a marketplace: database, orders, Garim, pages.
 *
 * @throws PlainError for what the person at the terminal can mend: port, folder, orders file, database
 * @throws GarimError `ERR_GARIM_*` where Garim does not start
 */
export async function startMarketplace(options: MarketplaceOptions = {}): Promise<Marketplace> {
  const { dataDir = DATA_DIR, clock = Date.now, ordersFile } = options;
  const own = ordersFile === undefined ? undefined : await readOrdersFile(ordersFile);
  makeFolder(dataDir);
  const { database, close } = await openDatabase(options, dataDir);
  try {
    await fill(database, options, own, clock);
    const keys = openKeys(options.keysFile ?? join(dataDir, "garim.keys"));
    const server = await listen(options.port ?? PORT);
    const folders = { checkpoints: join(dataDir, "checkpoints"), downloads: join(dataDir, "downloads") };
    const garim = await open(server, {
      database,
      keys,
      ...folders,
      clock,
      isStrict: options.strict === true,
    });
    const isDemo = options.approvesTools === true;
    const endApproving = isDemo ? approveTools(garim, await listSellers(database), clock) : undefined;
    const closeMarket = async (): Promise<void> => {
      endApproving?.();
      await closeAll(server, garim, close);
    };
    return { url: urlOf(server), database, garim, close: closeMarket };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the app on a server that listens already: passkeys belong to its address. */
async function open(server: Server, options: Omit<AppOptions, "url">): Promise<Garim> {
  try {
    const { app, garim } = await createApp({ ...options, url: urlOf(server) });
    serve(server, app);
    return garim;
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

/** Garim says what is wrong with keys; a folder that takes none is ours to say. */
function openKeys(path: string): Keys {
  try {
    return keysFromFile(path);
  } catch (error) {
    throw isGarimError(error) ? error : cannotWrite(dirname(path), error);
  }
}

async function openDatabase(options: MarketplaceOptions, dataDir: string): Promise<OpenDatabase> {
  const { database, fresh = false } = options;
  const url = process.env["DATABASE_URL"];
  if (database === undefined) return await (url ? openServer(url, fresh) : openEmbedded(dataDir, fresh));
  if (fresh) await dropTables(database);
  return { database, close: async () => undefined };
}

async function fill(
  database: Database,
  options: MarketplaceOptions,
  own: OrderRows | undefined,
  clock: () => number,
): Promise<void> {
  await createTables(database);
  if (own !== undefined) await addOrders(database, own, options.ordersFile ?? "");
  else if (!(await hasOrders(database))) await stock(database, seedOrders(options.orders ?? ORDERS, clock()));
}

async function closeAll(server: Server, garim: Garim, closeDatabase: () => Promise<void>): Promise<void> {
  await closeServer(server);
  await garim.close();
  await closeDatabase();
}
