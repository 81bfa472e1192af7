import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type HeapClasses, listGrowth, readClasses } from "./heap/classes.ts";
import { logInOften } from "./heap/log-ins.ts";
import { Client } from "./load/client.ts";
import { type Parts, startParts } from "./parts/parts.ts";

/** `npm run heap -- --log-ins N`: what a node's heap holds after each third of so many log-ins, by class. */
const { values } = parseArgs({ options: { "log-ins": { type: "string", default: "15000" } } });
const count = Number(values["log-ins"]);
const STEPS = 3;
const WARM_UP = 500;
/** Redis' client holds a timer for each command, for five seconds; caches of a second are let go by the next log-ins. */
const SETTLED_MS = 6_000;
const MB = 2 ** 20;

const parts = await startParts("the heap", false);
if (parts === undefined) process.exit(1);
try {
  await look(parts);
} finally {
  await parts.stop();
}
process.exit(0);

async function look(running: Parts): Promise<void> {
  const client = new Client(
    running.nodes.map(({ port }) => port),
    () => undefined,
  );
  // Moments of log-ins: each another one, none of the future.
  let from = Date.now() - count - WARM_UP - 1_000;
  await logInOften(client, WARM_UP, from);
  let before = await take(running);
  say("warm", before, before);
  for (let step = 1; step <= STEPS; step++) {
    from += count / STEPS + WARM_UP / STEPS;
    await logInOften(client, Math.floor(count / STEPS), Math.floor(from));
    const after = await take(running);
    say(`after ${Math.floor((count / STEPS) * step)} log-ins`, before, after);
    before = after;
  }
  await client.end();
}

async function take({ nodes: [node], folder }: Parts): Promise<HeapClasses> {
  await sleep(SETTLED_MS);
  const file = join(folder, "node.heapsnapshot");
  await node?.writeHeap(file);
  const classes = readClasses(await readFile(file, "utf8"));
  await rm(file);
  return classes;
}

function say(when: string, before: HeapClasses, after: HeapClasses): void {
  const total = (classes: HeapClasses): number =>
    [...classes.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(
    `\n${when}: ${(total(after) / MB).toFixed(1)} MB, ${((total(after) - total(before)) / MB).toFixed(2)} more`,
  );
  for (const [name, { count: objects, bytes }] of listGrowth(before, after, 12))
    if (bytes > 0)
      console.log(`  ${(bytes / 1024).toFixed(0).padStart(8)} kB  ${String(objects).padStart(8)}  ${name}`);
}
