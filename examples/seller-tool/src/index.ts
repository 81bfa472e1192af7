import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { apply } from "./application.ts";
import { openClient } from "./client.ts";
import { makeKeys } from "./keys.ts";
import { PlainError } from "./plain-error.ts";
import { createReader } from "./reader.ts";
import { createPages, type Failure } from "./server.ts";
import { fileStore } from "./store.ts";

export { PlainError } from "./plain-error.ts";
export type { Failure } from "./server.ts";

/** How the tool is started. */
export interface SellerToolOptions {
  /** The marketplace's address, without a slash at its end. */
  readonly market: string;
  /** 0 for any free one. Default 3100. */
  readonly port?: number | undefined;
  /** Where it keeps its keys and the orders. Default `./.garim/seller-tool`. */
  readonly dataDir?: string | undefined;
  /** Whether it forgets what it has, and applies anew: the marketplace begins with nothing, too. */
  readonly fresh?: boolean | undefined;
  /** How often it reads by itself, so that it hears of a revocation though nobody presses anything; 0 for never. Default 60. */
  readonly syncSeconds?: number | undefined;
  /** Puts down what came to nothing. Default: a line of JSON on standard error. */
  readonly report?: ((failure: Failure) => void) | undefined;
}

/** A tool that runs. */
export interface SellerTool {
  readonly url: string;
  readonly toolId: string;
  close(): Promise<void>;
}

const PORT = 3_100;
const SYNC_SECONDS = 60;

/**
 * Starts the tool: it makes its keys, applies at the marketplace, and opens its pages.
 *
 * @throws PlainError where the marketplace does not answer, or takes no application
 */
export async function startSellerTool({ market, ...options }: SellerToolOptions): Promise<SellerTool> {
  const { port = PORT, dataDir = join(".garim", "seller-tool"), fresh = false, report = writeDown } = options;
  const { syncSeconds = SYNC_SECONDS } = options;
  const path = join(dataDir, "kept.json");
  if (fresh) rmSync(path, { force: true });
  const store = fileStore(path);
  await makeKeys(store);
  const url = `http://127.0.0.1:${await freePort(port)}`;
  const toolId = await apply(store, { market, redirectUri: `${url}/callback` }).catch(plain(market));
  const client = await openClient(store, market).catch(plain(market));
  const reader = createReader(client, store);
  const server = createPages({ store, client, url, report }, reader.read);
  server.listen(Number(new URL(url).port), "127.0.0.1");
  await once(server, "listening");
  reader.repeat(syncSeconds, report);
  return {
    url,
    toolId,
    async close() {
      await reader.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What the tool is registered by holds its own address, so that has to be known before. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer().listen(wanted, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    throw new PlainError(`Port ${wanted} is taken; give another with --port`);
  }
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : wanted;
}

function writeDown(failure: Failure): void {
  process.stderr.write(`${JSON.stringify(failure)}\n`);
}

function plain(market: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof PlainError) throw error;
    throw new PlainError(`The marketplace at ${market} does not answer: start it with npm start (${error})`);
  };
}
