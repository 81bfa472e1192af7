import { setTimeout } from "node:timers/promises";
import { type BenchRow, median } from "./row.ts";
import { openLoad } from "./server/load.ts";
import { logIn, logInToExpressSession, type Proof } from "./server/person.ts";
import { type RunningServer, startServer } from "./server/process.ts";
import { compareLoads } from "./server/rates.ts";
import { type Addresses, onServices } from "./server/services.ts";
import { SELLERS } from "./server/shop.ts";
import { measureSides, ratiosOf, type Side } from "./server/sides.ts";
import { openToolLoad } from "./server/tool-load.ts";

const PATH = "/orders/20";
const STARTS = 2;
const ROUNDS = { rounds: 4, requests: 3_200, warmUpRequests: 4_800 };

/** The rows against what is put together of popular parts. */
export const rows: readonly BenchRow[] = [
  {
    id: "R3",
    subject:
      "guarded request with serverOptions: session in Redis, second factor, decision, durable record on PostgreSQL, masking; page of 20",
    against: "express-session with connect-redis, one INSERT for each access, maskdata",
    unit: "times the requests a second at 64 connections",
    target: { atLeast: 3 },
    run: () => onServices(["postgres", "redis"], compareStaff),
  },
  {
    id: "R3-tool",
    subject:
      "guarded tool request with serverOptions: token, ledger, DPoP proof with its replay check, budgets, live grant, durable record, masking; page of 20",
    against:
      "express-oauth2-jwt-bearer with DPoP (no replay check, nothing revoked), one INSERT for each access, maskdata",
    unit: "times as little of the server's CPU time a request",
    target: { atLeast: 3 },
    run: compareTools,
  },
];

async function compareStaff(addresses: Addresses): Promise<number> {
  const servers: RunningServer[] = [];
  try {
    servers.push(await startServer("guarded born", addresses), await startServer("popular", addresses));
    const [guarded, popular] = servers as [RunningServer, RunningServer];
    const people = await logInAll(guarded, logIn);
    const others = await logInAll(popular, logInToExpressSession);
    for (const [{ port }, headers = {}] of [
      [guarded, people[0]],
      [popular, others[0]],
    ] as const)
      await checkAnswer(await fetch(`http://127.0.0.1:${port}${PATH}`, { headers }));
    return await compareLoads(openLoad(guarded.port, PATH, people), openLoad(popular.port, PATH, others));
  } finally {
    for (const server of servers) server.stop();
  }
}

function logInAll(
  { port }: RunningServer,
  logInOne: (port: number, seller: number) => Promise<Proof>,
): Promise<readonly Proof[]> {
  return Promise.all(SELLERS.map((_, seller) => logInOne(port, seller)));
}

async function compareTools(): Promise<number | undefined> {
  const ratios: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const found = await onServices(["postgres", "redis"], compareToolsOnce);
    if (found === undefined) return undefined;
    ratios.push(...found);
  }
  return median(ratios);
}

async function compareToolsOnce(addresses: Addresses): Promise<readonly number[]> {
  const servers: RunningServer[] = [];
  try {
    servers.push(await startServer("tool born", addresses), await startServer("popular-tool", addresses));
    const [guarded, popular] = servers as [RunningServer, RunningServer];
    // Proofs of the second in which the memory of used ones began are refused.
    await setTimeout(1_000);
    const loads = [
      await openToolLoad(popular.port, PATH, `http://127.0.0.1:${popular.port}`),
      await openToolLoad(guarded.port, PATH),
    ];
    const sides = await Promise.all(
      loads.map(async (load, i): Promise<Side> => {
        const server = i === 0 ? popular : guarded;
        await checkAnswer(await load.ask(server.port, 0));
        return { server, sendRequests: (count) => load.sendRequests(server.port, count) };
      }),
    );
    const prepare = () => Promise.all(loads.map((load) => load.renew()));
    return ratiosOf(await measureSides(sides, { ...ROUNDS, prepare }));
  } finally {
    for (const server of servers) server.stop();
  }
}

/** A figure of answers that are not masked would be no figure; that the peers record, a test looks at. */
async function checkAnswer(answer: Response): Promise<void> {
  const text = await answer.text();
  if (answer.status !== 200 || !text.includes("***"))
    throw new Error(`The server does not guard: ${answer.status} ${text.slice(0, 500)}`);
}
