import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Pool } from "pg";
import { databaseTime } from "./log/cpu.ts";
import { type BenchRow, median } from "./row.ts";
import { openLoad } from "./server/load.ts";
import { logIn, type Proof } from "./server/person.ts";
import { type RunningServer, startServer } from "./server/process.ts";
import { type Addresses, onServices } from "./server/services.ts";
import { SELLER_HEADER, SELLERS } from "./server/shop.ts";
import { measureSides, type Side } from "./server/sides.ts";

const PATH = "/orders/20";
const NODES = 4;
/** How many of them are asked. */
const COUNTS: readonly number[] = [1, 2, 4];
const ROUNDS = { rounds: 7, requests: 3_200, warmUpRequests: 3_200 };
const WARM_UP_REQUESTS = 6_400;

const SUBJECT =
  "guarded request at 64 connections to 4 nodes on one PostgreSQL and Redis, the worse of 2 and 4 nodes asked; page of 20";
const AGAINST = "one of the nodes asked";

/** The rows about many nodes. */
export const rows: readonly BenchRow[] = [
  {
    id: "N1",
    subject: SUBJECT,
    against: AGAINST,
    unit: "times the nodes' CPU time a request",
    target: { atMost: 1.1 },
    run: () => onServices(["postgres", "redis"], (addresses) => compareNodes(addresses, nodesTime)),
  },
  {
    id: "N1-bare",
    subject:
      "bare request at 64 connections to 4 processes, the worse of 2 and 4 asked: what many processes cost by themselves; page of 20",
    against: "one of the processes asked",
    unit: "times the processes' CPU time a request",
    target: { atMost: 1.1 },
    run: () => compareNodes({}, nodesTime, "bare born"),
  },
  {
    id: "N1-all",
    subject: SUBJECT,
    against: AGAINST,
    unit: "times the CPU time a request of nodes and PostgreSQL together",
    target: { atMost: 1.1 },
    run: () => onServices(["postgres", "redis"], compareAll),
  },
];

type CpuTime = (nodes: readonly RunningServer[]) => Promise<number>;

async function nodesTime(nodes: readonly RunningServer[]): Promise<number> {
  const times = await Promise.all(nodes.map((node) => node.cpuTime()));
  return times.reduce((sum, time) => sum + time, 0);
}

/** @returns `undefined` where the system does not tell of other processes */
async function compareAll(addresses: Addresses): Promise<number | undefined> {
  const pool = new Pool({ connectionString: addresses["DATABASE_URL"] ?? "", max: 1 });
  try {
    if ((await databaseTime(pool)) === undefined) return undefined;
    const allTime: CpuTime = async (nodes) => (await nodesTime(nodes)) + ((await databaseTime(pool)) ?? 0);
    return await compareNodes(addresses, allTime);
  } finally {
    await pool.end();
  }
}

/** The median over rounds of what a request costs with several nodes to what it costs with one; the worst of all. */
async function compareNodes(
  addresses: Addresses,
  cpuTime: CpuTime,
  app: "guarded born" | "bare born" = "guarded born",
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "garim-bench-nodes-"));
  const env = { ...addresses, BENCH_FOLDER: folder, BENCH_LOGGED_IN_AT: String(Date.now()) };
  const nodes: RunningServer[] = [];
  try {
    for (let i = 0; i < NODES; i++) nodes.push(await startServer(app, env));
    const [first] = nodes as [RunningServer];
    const people = await Promise.all(
      SELLERS.map((_, seller) =>
        app === "bare born" ? { [SELLER_HEADER]: String(seller) } : logIn(first.port, seller),
      ),
    );
    // All have worked as long before anything counts.
    for (const node of nodes) await openLoad(node.port, PATH, people).sendRequests(WARM_UP_REQUESTS);
    const sides = COUNTS.map((count) => openSide(nodes.slice(0, count), people, cpuTime));
    const costs = await measureSides(sides, ROUNDS);
    return Math.max(
      ...COUNTS.slice(1).map((_, i) => median(costs.map((round) => (round[i + 1] ?? 0) / (round[0] ?? 0)))),
    );
  } finally {
    for (const node of nodes) node.stop();
    // What they still write.
    await setTimeout(500);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** People stay with no node: in each round another one serves them. */
function openSide(nodes: readonly RunningServer[], people: readonly Proof[], cpuTime: CpuTime): Side {
  let turn = 0;
  return {
    server: { cpuTime: () => cpuTime(nodes) },
    async sendRequests(count) {
      turn += 1;
      const loads = nodes.map(({ port }, i) =>
        openLoad(
          port,
          PATH,
          people.filter((_, person) => (person + turn) % nodes.length === i),
        ),
      );
      await Promise.all(loads.map((load) => load.sendRequests(count / nodes.length)));
    },
  };
}
