import type { BenchRow } from "./row.ts";
import { startServer } from "./server/process.ts";
import { type Addresses, onServices } from "./server/services.ts";
import { connectTool, makeToolKey } from "./server/token-tool.ts";

const GRANTS = 10_000;
const EVERY_SECONDS = 300;
/** Measured for a minute; that the five minutes go on like it is an extrapolation. */
const SECONDS = 60;
/** As long again before: a server in use has compiled what it runs. */
const WARM_UP_SECONDS = 60;
const PER_SECOND = GRANTS / EVERY_SECONDS;

/** The row about renewing tokens. */
export const rows: readonly BenchRow[] = [
  {
    id: "K3",
    subject: `tokens of ${GRANTS} grants renewed every ${EVERY_SECONDS} seconds, measured for ${SECONDS} seconds: key, DPoP proof, ledger, record`,
    against: "one core",
    unit: "of the time, CPU of the token server's process",
    target: { atMost: 0.15 },
    run: () => onServices(["postgres"], measureRenewals),
  },
];

async function measureRenewals(addresses: Addresses): Promise<number> {
  const key = await makeToolKey();
  const server = await startServer("tokens born", { ...addresses, BENCH_JWKS: JSON.stringify(key.jwks) });
  try {
    const { renew } = await connectTool(server.port, key);
    await renewFor(WARM_UP_SECONDS, renew);
    const before = await server.cpuTime();
    const startedAt = performance.now();
    await renewFor(SECONDS, renew);
    const elapsedMs = performance.now() - startedAt;
    return ((await server.cpuTime()) - before) / 1_000 / elapsedMs;
  } finally {
    server.stop();
  }
}

/** Each at its time, whether those before were answered or not: as tools do that know nothing of each other. */
async function renewFor(seconds: number, renew: (connection: number) => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const under: Promise<void>[] = [];
  for (let i = 0; i < seconds * PER_SECOND; i++) {
    const waitMs = startedAt + (i * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    under.push(renew(i));
  }
  await Promise.all(under);
}
