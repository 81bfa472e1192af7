import { type BenchRow, median } from "./row.ts";
import { type RunningServer, startServer } from "./server/process.ts";
import { type Addresses, onServices } from "./server/services.ts";
import { measureSides, ratiosOf, type Side } from "./server/sides.ts";
import { openToolLoad, type ToolLoad } from "./server/tool-load.ts";

const PATH = "/orders/20";
/** Two processes of one app differ by how their heaps came to lie. */
const STARTS = 2;
const ROUNDS = { rounds: 4, requests: 3_200, warmUpRequests: 4_800 };

/** The rows about tools' requests. */
export const rows: readonly BenchRow[] = [
  {
    id: "K2",
    subject:
      "guarded tool request: token, ledger, DPoP proof with its replay check in Redis, budgets, live grant, masking, durable record on PostgreSQL",
    against: "the same handler bare, sent the same headers",
    unit: "times the server's CPU time a request, page of 20",
    target: { atMost: 2.2 },
    run: compareStarts,
  },
];

async function compareStarts(): Promise<number | undefined> {
  const ratios: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const found = await onServices(["postgres", "redis"], compareOnce);
    if (found === undefined) return undefined;
    ratios.push(...found);
  }
  return median(ratios);
}

async function compareOnce(addresses: Addresses): Promise<readonly number[]> {
  const servers: RunningServer[] = [];
  try {
    servers.push(await startServer("tool", addresses), await startServer("bare"));
    const [guarded, bare] = servers as [RunningServer, RunningServer];
    const load = await openToolLoad(guarded.port, PATH);
    await checkAnswer(load, guarded.port);
    const sides = [guarded, bare].map(
      (server): Side => ({ server, sendRequests: (count) => load.sendRequests(server.port, count) }),
    );
    return ratiosOf(await measureSides(sides, { ...ROUNDS, prepare: load.renew }));
  } finally {
    for (const server of servers) server.stop();
  }
}

/** A figure of answers that are not masked, or not recorded, or of a guard that lets everybody in, would be no figure. */
async function checkAnswer(load: ToolLoad, port: number): Promise<void> {
  const answer = await load.ask(port, 0);
  const text = await answer.text();
  const stranger = await fetch(`http://127.0.0.1:${port}${PATH}`, { headers: { authorization: "DPoP x" } });
  if (!text.includes('"_masked"') || answer.headers.get("garim-record") === null || stranger.status !== 401)
    throw new Error(`The server does not guard: ${answer.status} ${text.slice(0, 500)}`);
}
