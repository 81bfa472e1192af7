import { parseArgs } from "node:util";
import { PlainError, type SellerToolOptions, startSellerTool } from "./index.ts";

const USAGE = `A seller tool: labels for the orders of the sellers who agreed

  npm run seller-tool -- [options]

  --market URL   the marketplace (default http://localhost:3000)
  --port PORT    port on this machine, 0 for any free one (default 3100)
  --data DIR     folder of its keys and orders (default ./.garim/seller-tool)
  --sync SECONDS how often it reads by itself, 0 for never (default 60)
  --fresh        forget keys and orders, and apply at the marketplace anew
  --help         this text
`;

const OPTIONS = {
  market: { type: "string", default: "http://localhost:3000" },
  port: { type: "string" },
  data: { type: "string" },
  sync: { type: "string" },
  fresh: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function readOptions(): SellerToolOptions | null {
  try {
    const { market, port, data, sync, fresh, help } = parseArgs({ options: OPTIONS }).values;
    if (help) return null;
    if (!URL.canParse(market)) throw new Error("--market must be an address such as http://localhost:3000");
    if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new Error("--port must be a number");
    if (sync !== undefined && !/^\d{1,5}$/.test(sync)) throw new Error("--sync must be a number of seconds");
    const syncSeconds = sync === undefined ? undefined : Number(sync);
    const where = { port: port === undefined ? undefined : Number(port), dataDir: data, fresh, syncSeconds };
    return { market: market.replace(/\/$/, ""), ...where };
  } catch (error) {
    throw new PlainError(`${(error as Error).message}; see --help`);
  }
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === null) return void process.stdout.write(USAGE);
  const tool = await startSellerTool(options);
  process.stdout.write(`tool ready ${tool.url}\n`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => void tool.close().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  const text = error instanceof PlainError ? error.message : String((error as Error).stack);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
