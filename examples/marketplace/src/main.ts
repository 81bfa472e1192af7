import { isGarimError } from "@garim/express";
import { readCommandLine, USAGE } from "./command-line.ts";
import { DEMO_PASSWORD, listDemoLogIns, type Marketplace, PlainError, startMarketplace } from "./index.ts";
import { describeLogIns } from "./log-in-table.ts";

async function main(args: readonly string[]): Promise<void> {
  const { help, ...options } = readCommandLine(args);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const starting = startMarketplace({ ...options, approvesTools: true });
  closeOnSignal(starting);
  const market = await starting;
  process.stdout.write(`ready ${market.url}\n\n`);
  process.stdout.write(describeLogIns(await listDemoLogIns(market.database), DEMO_PASSWORD));
}

/**
 * Closes at the first signal; one during the start waits for it, so that no database is left half made. A terminal's Ctrl-C
 * may come twice: from the terminal, and from the script that started this one.
 */
function closeOnSignal(starting: Promise<Marketplace>): void {
  let isClosing = false;
  const close = (): void => {
    if (isClosing) return;
    isClosing = true;
    starting.then((market) => market.close()).then(() => process.exit(0), fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, close);
}

/** What can be mended is one line; anything else is our mistake and says where. */
function fail(error: unknown): never {
  const isPlain = error instanceof PlainError || isGarimError(error);
  const text = isPlain ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

main(process.argv.slice(2)).catch(fail);
