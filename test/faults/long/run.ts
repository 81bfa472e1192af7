import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { keysFromFile } from "@garim/express";
import { Pool } from "pg";
import { chanceOf } from "../seeded.ts";
import { breakThings, type Past } from "./chaos/chaos.ts";
import { RecoveryWatch } from "./chaos/recovery.ts";
import { moment } from "./moment.ts";
import { AnswerObserver } from "./observer/answers.ts";
import type { Breach } from "./observer/breach.ts";
import { LogObserver } from "./observer/log.ts";
import { proveLog } from "./observer/prove.ts";
import { type LoadProcess, startLoad } from "./parts/load-process.ts";
import { type Parts, startParts } from "./parts/parts.ts";

export interface FaultRunOptions {
  readonly seconds: number;
  readonly seed: number;
  /** How long a node may take to serve after the parts are back, milliseconds. */
  readonly backWithinMs: number;
  /** Told of each fault when it is over. */
  readonly onPast?: (past: Past) => void;
}

export interface FaultRunResult {
  readonly seed: number;
  readonly seconds: number;
  readonly pasts: readonly Past[];
  readonly breaches: readonly Breach[];
  /** How often each kind of answer and deed was. */
  readonly counts: Readonly<Record<string, number>>;
  /** Records of the log, all of them proven by `verify`. */
  readonly records: number;
}

const LOOK_MS = 3_000;
/** Longer runs write more than the disk that is filled can hold, which lies in memory. */
const LONGEST_WITH_DISK = 15 * 60;
const LOAD = { readers: 2, thinkMs: 60, sessionMs: 5_000, confirmMs: 300 } as const;

/** Runs the market under load while one thing after the other breaks. @returns `undefined` where it cannot run here, which is said */
export async function runFaults(options: FaultRunOptions): Promise<FaultRunResult | undefined> {
  const parts = await startParts("the fault run", options.seconds <= LONGEST_WITH_DISK);
  if (parts === undefined) return undefined;
  const pool = new Pool({ connectionString: parts.postgres.url, max: 3 });
  pool.on("error", () => undefined);
  try {
    return await runOn(parts, pool, options);
  } finally {
    await pool.end();
    await parts.stop();
  }
}

async function runOn(parts: Parts, pool: Pool, options: FaultRunOptions): Promise<FaultRunResult> {
  const { seconds, seed, backWithinMs, onPast = () => undefined } = options;
  const keys = keysFromFile(join(parts.folder, "garim.keys"));
  const answers = new AnswerObserver((node, from, to) => parts.nodes[node]?.behindMs(from, to) ?? 0);
  const watch = new RecoveryWatch();
  const log = await LogObserver.open(pool, keys.subjects);
  const ports = parts.nodes.map(({ port }) => port);
  const load = await startLoad({ ports, seed, ...LOAD }, (told) => {
    if (told.kind === "deed") answers.note(told.deed);
    if (told.kind !== "answered") return;
    answers.take(told.answered);
    watch.take(told.answered);
  });
  const looking = lookWhile(load, answers, log);
  const pasts: Past[] = [];
  try {
    const until = moment() + seconds * 1_000;
    for await (const past of breakThings(parts, watch, chanceOf(seed), until)) {
      pasts.push(past);
      onPast(past);
    }
  } finally {
    await load.stop();
  }
  await looking;
  await log.look(answers.takeHeld());
  const signers = keys.signers.all().map(({ verifierKey }) => verifierKey);
  const proof = await proveLog(pool, parts.folder, signers, log.last);
  const breaches = [
    ...answers.breaches,
    ...log.breaches,
    ...log.listMissing(),
    ...proof,
    ...listDoubleProofs(answers, log),
    ...listLate(pasts, backWithinMs),
    ...listFallen(parts),
  ];
  return { seed, seconds, pasts, breaches, counts: answers.counts, records: log.last };
}

/** The log is read all the while; where PostgreSQL is out, a little later. */
async function lookWhile(load: LoadProcess, answers: AnswerObserver, log: LogObserver): Promise<void> {
  while (!load.isOver) {
    await sleep(LOOK_MS);
    const held = answers.takeHeld();
    await log.look(held).catch(() => answers.giveBack(held));
  }
}

/** A proof on record more than codes that were tried: one of them worked twice, though an answer was lost. */
function listDoubleProofs({ tried }: AnswerObserver, { proofs }: LogObserver): readonly Breach[] {
  return [...proofs]
    .filter(([person, count]) => count > (tried.get(person)?.size ?? 0))
    .map(([person, count]) => ({ check: "twice", what: `${person} proved ${count} times` }));
}

function listLate(pasts: readonly Past[], backWithinMs: number): readonly Breach[] {
  const told = (ms: number | null): string => (ms === null ? "never" : `after ${Math.round(ms)} ms`);
  return pasts.flatMap(({ name, recoveries }) =>
    recoveries
      .filter((ms) => ms === null || ms > backWithinMs)
      .map((ms): Breach => ({ check: "late", what: `${name}: a node served ${told(ms)}` })),
  );
}

function listFallen({ nodes }: Parts): readonly Breach[] {
  return nodes
    .filter(({ fell }) => fell > 0)
    .map(({ fell, said }, node) => ({ check: "fell", what: `node ${node}, ${fell} times: ${said}` }));
}
