import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Marketplace, startMarketplace } from "@garim/example-marketplace";
import { playStory } from "./story.ts";
import { createTeller } from "./teller.ts";

const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Two nodes of a fresh marketplace on a clock the story can turn, and the story played on them. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "garim-tour-"));
  const clock = { now: Date.now() };
  const options = { port: 0, dataDir, clock: () => clock.now };
  const nodes: Marketplace[] = [];
  try {
    const market = await startMarketplace({ ...options, approvesTools: true });
    nodes.push(market);
    const other = await startMarketplace({ ...options, database: market.database });
    nodes.push(other);
    write(`The story of Garim, at ${market.url} and ${other.url}\n`);
    const { url, database } = market;
    const teller = createTeller(write);
    await playStory({ url, otherUrl: other.url, clock, teller, database, folder: dataDir });
    write("\nAll of it is so.");
  } finally {
    for (const node of nodes.reverse()) await node.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
