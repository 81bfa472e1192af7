import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMarketplace } from "@garim/example-marketplace";
import { playStory } from "./story.ts";
import { createTeller } from "./teller.ts";

const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** A fresh marketplace on a clock the story can turn, and the story played on it. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "garim-tour-"));
  const clock = { now: Date.now() };
  const market = await startMarketplace({ port: 0, dataDir, clock: () => clock.now });
  write(`The story of Garim, at ${market.url}\n`);
  try {
    await playStory({ url: market.url, clock, teller: createTeller(write) });
    write("\nAll of it is so.");
  } finally {
    await market.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
