import { setTimeout as sleep } from "node:timers/promises";
import { moment } from "../moment.ts";
import { ORDERS } from "../orders.ts";
import { jsonOf, type Reply } from "./client.ts";
import { createProver } from "./prover.ts";
import type { Stage } from "./reader.ts";

const URL_OF_ORDERS = "https://faults.example/tool/orders";
const RENEW_MS = 60_000;
const AGAIN_MS = 200;

/** What the desk answered at last, and whether at the first time of asking. */
export interface DeskAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** An earlier try broke or was out of luck: it may take effect later on. */
  readonly isRepeated: boolean;
}

/** Asks the desk until it is answered. */
export async function askDesk({ client, chance }: Stage, path: string, body: object): Promise<DeskAnswer> {
  for (let isRepeated = false; ; isRepeated = true) {
    const node = chance.wholeBelow(client.nodes);
    const reply = await client.send({ ask: "other", node, seller: null, method: "POST", path, body });
    if (reply.status === 200) return { body: jsonOf(reply), isRepeated };
    await sleep(AGAIN_MS);
  }
}

/** Reads orders of every seller that agreed, over and over; some proofs go to two nodes at once. */
export async function syncForEver(stage: Stage, toolId: string): Promise<never> {
  const prover = createProver();
  for (;;) {
    const { body } = await askDesk(stage, "/desk/token", { toolId, jkt: prover.jkt });
    const token = String(body["token"]);
    const until = moment() + RENEW_MS;
    for (let isLive = true; isLive && moment() < until; ) {
      const proof = prover.prove(token, URL_OF_ORDERS);
      const statuses = await sendProof(stage, token, proof);
      isLive = !statuses.every(({ status }) => status === 401);
      await sleep(stage.thinkMs * (0.5 + stage.chance.below(1)));
    }
  }
}

function sendProof({ client, chance }: Stage, token: string, proof: string): Promise<readonly Reply[]> {
  const isTwice = chance.below(1) < 0.25;
  const first = chance.wholeBelow(client.nodes);
  const nodes = isTwice ? [first, (first + 1) % client.nodes] : [first];
  const path = `/tool/orders?from=${chance.wholeBelow(ORDERS)}&limit=25`;
  const headers = { authorization: `DPoP ${token}`, dpop: proof };
  const ask = isTwice ? "proof" : "bulk";
  return Promise.all(
    nodes.map((node) => client.send({ ask, node, seller: null, path, headers, once: proof.slice(-40) })),
  );
}
