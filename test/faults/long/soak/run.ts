import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { keysFromFile } from "@garim/express";
import { Pool } from "pg";
import { moment } from "../moment.ts";
import { AnswerObserver } from "../observer/answers.ts";
import type { Breach } from "../observer/breach.ts";
import { LogObserver } from "../observer/log.ts";
import { startLoad } from "../parts/load-process.ts";
import { type Parts, startParts } from "../parts/parts.ts";
import { Latencies, type Minute } from "./minutes.ts";

export interface SoakResult {
  readonly minutes: readonly Minute[];
  readonly breaches: readonly Breach[];
  readonly records: number;
}

const MINUTE_MS = 60_000;
/** Some forty requests a second: about a quarter of what two cores do. Log-ins come every few seconds: what is kept of each must go again. */
const LOAD = { readers: 2, thinkMs: 300, sessionMs: 5_000, confirmMs: 900 } as const;
const SEED = 8;

/** Runs the market under moderate load, nothing broken, and looks once a minute how it is. */
export async function runSoak(
  minutes: number,
  onMinute: (minute: Minute) => void,
): Promise<SoakResult | undefined> {
  const parts = await startParts("the soak", false);
  if (parts === undefined) return undefined;
  const pool = new Pool({ connectionString: parts.postgres.url, max: 3 });
  pool.on("error", () => undefined);
  try {
    return await soakOn(parts, pool, minutes, onMinute);
  } finally {
    await pool.end();
    await parts.stop();
  }
}

async function soakOn(
  parts: Parts,
  pool: Pool,
  count: number,
  onMinute: (minute: Minute) => void,
): Promise<SoakResult> {
  const answers = new AnswerObserver();
  const latencies = new Latencies();
  const log = await LogObserver.open(pool, keysFromFile(join(parts.folder, "garim.keys")).subjects);
  const ports = parts.nodes.map(({ port }) => port);
  const load = await startLoad({ ports, seed: SEED, ...LOAD }, (told) => {
    if (told.kind === "deed") answers.note(told.deed);
    if (told.kind !== "answered") return;
    answers.take(told.answered);
    latencies.take(told.answered);
  });
  const minutes: Minute[] = [];
  const startedAt = moment();
  try {
    for (let minute = 1; minute <= count; minute++) {
      await sleep(startedAt + minute * MINUTE_MS - moment());
      const nodes = await Promise.all(parts.nodes.map((node) => node.sample()));
      const one = { minute, ...latencies.collect(), nodes };
      minutes.push(one);
      onMinute(one);
      await log.look(answers.takeHeld());
    }
  } finally {
    await load.stop();
  }
  await log.look(answers.takeHeld());
  return {
    minutes,
    breaches: [...answers.breaches, ...log.breaches, ...log.listMissing()],
    records: log.last,
  };
}
