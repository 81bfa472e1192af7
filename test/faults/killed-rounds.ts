import { setTimeout as sleep } from "node:timers/promises";
import { DEMO_PASSWORD } from "@garim/example-marketplace";
import { type ProcessOptions, startProcess } from "./marketplace-process.ts";
import { StaffClient } from "./staff-client.ts";

const LOADERS = 16;
const PAGES = 20;

/**
 * Kills the marketplace again and again while staff read orders.
 *
 * @returns the ids of the records of every answer of which a client received the head, kept by the client alone
 */
export async function killRounds(rounds: number, options: ProcessOptions): Promise<ReadonlySet<string>> {
  const received = new Set<string>();
  const staff = new StaffClient("dasom-owner", DEMO_PASSWORD);
  for (let round = 0; round < rounds; round++) {
    const market = await startProcess(options);
    if (round === 0) await staff.enter(market.url);
    const before = received.size;
    const load = Promise.all(
      Array.from({ length: LOADERS }, () => readUntilDead(staff, market.url, received)),
    );
    // At least one answer must have come, or the round shows nothing; then any moment will do.
    const firstAnswer = (async () => {
      while (received.size === before) await sleep(5);
      await sleep(Math.random() * 300);
    })();
    await Promise.race([firstAnswer, load.then(died)]);
    await market.kill();
    await load;
  }
  return received;
}

function died(): never {
  throw new Error("the marketplace ended by itself");
}

/** Reads pages of orders until the server is gone. */
async function readUntilDead(staff: StaffClient, url: string, received: Set<string>): Promise<void> {
  for (;;) {
    try {
      const answer = await staff.get(url, `/api/orders?page=${1 + Math.floor(Math.random() * PAGES)}`);
      if (answer.status !== 200) throw new Error(`orders answered ${answer.status}: ${await answer.text()}`);
      received.add(answer.headers.get("garim-record") ?? "none");
      await answer.arrayBuffer();
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}
