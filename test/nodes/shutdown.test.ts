import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createLogReader } from "@garim/audit";
import { createKeys, keysFromFile } from "@garim/express";
import { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { enrolledPerson, type Person, type Shop } from "../fixtures/shop.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";

const postgres = await startPostgresOrSkip("ending a node in good order");
const folder = mkdtempSync(join(tmpdir(), "garim-shutdown-"));
const WORKERS = 12;

interface NodeProcess {
  readonly port: number;
  readonly ended: Promise<number | null>;
  readonly said: string[];
  end(): void;
}

async function startNode(): Promise<NodeProcess> {
  const script = fileURLToPath(new URL("node-process.mjs", import.meta.url));
  const env = {
    ...process.env,
    DATABASE_URL: postgres?.url ?? "",
    KEYS: join(folder, "garim.keys"),
    PLACE: join(folder, "place"),
    SLOW_MS: "20",
  };
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (chunk) => said.push(String(chunk)));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  for await (const line of createInterface(child.stdout)) {
    const port = /^ready (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { port: Number(port), ended, said, end: () => void child.kill("SIGTERM") };
  }
  throw new Error(`the node did not start: ${said.join("")}`);
}

/** What became of a request: its status and record, or that nothing was answered. */
type Outcome = { readonly status: number; readonly record: string | null } | "refused";

async function askOnce(person: Person): Promise<Outcome> {
  try {
    const answer = await person.get("/line");
    await answer.arrayBuffer();
    return { status: answer.status, record: answer.headers.get("garim-record") };
  } catch {
    return "refused";
  }
}

/** What a balancer is told, again and again, until nobody listens. */
async function readinessUntilGone(port: number): Promise<readonly string[]> {
  const told: string[] = [];
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`);
      told.push(((await answer.json()) as { status: string }).status);
    }
  } catch {
    return told;
  }
}

describe.skipIf(postgres === undefined)("a node that is told to end under load", () => {
  afterAll(async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers what it took, records it, seals the log, and refuses the rest by not listening", {
    timeout: 60_000,
  }, async () => {
    createKeys(join(folder, "garim.keys"));
    const node = await startNode();
    const shop = { clock: { now: Date.now() } } as Shop;
    const person = await enrolledPerson(shop, node.port, "anna");
    const outcomes: Outcome[] = [];
    let isOver = false;
    const work = async (): Promise<void> => {
      while (!isOver) {
        const outcome = await askOnce(person);
        outcomes.push(outcome);
        if (outcome === "refused") return;
      }
    };
    const working = Promise.all(Array.from({ length: WORKERS }, work));
    await expect.poll(() => outcomes.length).toBeGreaterThan(50);
    node.end();
    const told = await readinessUntilGone(node.port);
    expect(told).toContain("closing");
    expect(told.lastIndexOf("ok")).toBeLessThan(told.indexOf("closing"));
    expect(await node.ended).toBe(0);
    isOver = true;
    await working;

    const answered = outcomes.filter((outcome) => outcome !== "refused");
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]));
    expect(outcomes.length - answered.length).toBeLessThanOrEqual(WORKERS);
    expect(node.said.join("")).toBe("");

    const pool = new Pool({ connectionString: postgres?.url });
    pool.on("error", () => undefined);
    const log = await createLogReader({
      database: pool,
      keys: keysFromFile(join(folder, "garim.keys")).subjects,
    });
    const recorded = new Set<string>();
    for await (const found of log.walk({ actions: ["view"] })) if ("id" in found) recorded.add(found.id);
    expect(answered.filter(({ record }) => !recorded.has(record ?? ""))).toEqual([]);
    const { rows } = await pool.query(
      "select h.batches::int as batches, (select max(size)::int from garim.log_checkpoint) as sealed from garim.log_head h",
    );
    expect(rows[0].sealed).toBe(rows[0].batches);
    const { rows: lease } = await pool.query("select until <= now() as given from garim.log_sealer");
    expect(lease).toEqual([{ given: true }]);
    await pool.end();
  });
});
