import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BenchRow, median } from "./row.ts";
import type { ColdName } from "./server/cold/main.ts";

const MAIN = fileURLToPath(new URL("./server/cold/main.js", import.meta.url));
const ROUNDS = 9;

const AGAINST = "bare Express that opens the same database";

/** The rows about starting. */
export const rows: readonly BenchRow[] = [
  {
    id: "C1",
    subject: "cold start of a mounted app, embedded, until its first answer",
    against: AGAINST,
    unit: "seconds more",
    target: { atMost: 1.5 },
    run: () => compareStarts(({ seconds }) => seconds),
  },
  {
    id: "C1-cpu",
    subject: "the same",
    against: AGAINST,
    unit: "seconds more of CPU time, threads of the loader and collector included",
    target: { atMost: 1.5 },
    run: () => compareStarts(({ cpuSeconds }) => cpuSeconds),
  },
];

interface Start {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** The median over rounds of how much longer the mounted one takes; each round starts both, who goes first changing. */
async function compareStarts(read: (start: Start) => number): Promise<number> {
  const top = mkdtempSync(join(tmpdir(), "garim-bench-cold-"));
  const folder = join(top, "database");
  try {
    // Makes the database and its tables, the keys, and fills what the system keeps of files.
    for (const name of ["mounted", "bare"] as const) await startOnce(name, folder);
    const differences: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const found: Partial<Record<ColdName, number>> = {};
      for (const name of round % 2 === 0 ? (["mounted", "bare"] as const) : (["bare", "mounted"] as const))
        found[name] = read(await startOnce(name, folder));
      differences.push((found.mounted ?? Number.NaN) - (found.bare ?? Number.NaN));
    }
    return median(differences);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

async function startOnce(name: ColdName, folder: string): Promise<Start> {
  const begun = performance.now();
  const child = fork(MAIN, [name, folder], {
    // Production refuses a database that is not safe from a power cut.
    env: { ...process.env, NODE_ENV: "development" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const exited = once(child, "exit");
  const [port] = await Promise.race([once(child, "message"), exited]);
  if (child.exitCode !== null) throw new Error(`The ${name} app ended with code ${child.exitCode}`);
  const { status } = await fetch(`http://127.0.0.1:${port}/orders`);
  const seconds = (performance.now() - begun) / 1_000;
  if (status !== (name === "bare" ? 200 : 401)) throw new Error(`The ${name} app answers ${status}`);
  const told = once(child, "message");
  child.send("end");
  const [cpuMicroseconds] = await told;
  await exited;
  return { seconds, cpuSeconds: Number(cpuMicroseconds) / 1e6 };
}
