import { tmpdir } from "node:os";
import type { AccessLog, CheckpointPlace } from "@garim/audit";
import type { StateStore } from "@garim/auth";
import type { Database } from "../start/database.ts";
import type { Keys } from "../start/keys.ts";
import { type Checked, passed, troubled } from "./check.ts";
import { type DatabaseFacts, freeShare, type LogFacts, readDatabase, readLog } from "./facts.ts";
import { within } from "./within.ts";

/** What the checks look at. */
export interface Looked {
  readonly database: Database;
  /** Auditors' replica; `null` where there is none. */
  readonly replica: Database | null;
  readonly states: readonly StateStore[];
  readonly log: Pick<AccessLog, "health">;
  readonly keys: Keys;
  readonly places: readonly CheckpointPlace[];
  /** UTC milliseconds. */
  readonly clock: () => number;
}

/** What was seen in one look. */
export interface Seen {
  readonly checks: readonly Checked[];
  /** `null` where nobody knows. */
  readonly checkpointAgeMs: number | null;
  readonly clockApartMs: number | null;
}

/** A balancer asks again soon: a question waits no longer. */
const ANSWER_MS = 2_000;
/** An idle log gets a checkpoint a minute: three are missed. */
const LATE_MS = 180_000;
/** So long after a record was refused the next one is let try. */
const TRIED_MS = 5_000;
const APART_MS = 2_000;
const LEAST_FREE = 0.05;
const OLD_DAYS = 365;

/** Looks at everything, at once. Never throws: what cannot be asked has failed. */
export async function lookAround(looked: Looked): Promise<Seen> {
  const [database, log, state, replica, disk] = await Promise.all([
    within(ANSWER_MS, readDatabase(looked.database, looked.clock)).catch(() => undefined),
    within(ANSWER_MS, readLog(looked.database)).catch(() => undefined),
    checkState(looked.states),
    checkReplica(looked.replica),
    checkDisk(looked.places),
  ]);
  return {
    checks: [
      checkDatabase(database),
      state,
      checkLog(looked.log, log),
      ...checkCheckpoints(looked, log),
      ...replica,
      ...checkKeys(looked),
      ...checkClock(database),
      ...checkPartitions(log),
      disk,
      // Resolved at start, or there would be nobody to ask.
      passed("policy"),
    ],
    checkpointAgeMs: ageOf(log),
    clockApartMs: database?.clockApartMs ?? null,
  };
}

function checkDatabase(facts: DatabaseFacts | undefined): Checked {
  if (facts === undefined) return troubled("database", "fail", "database-down");
  return facts.isReadOnly ? troubled("database", "fail", "database-read-only") : passed("database");
}

async function checkState(states: readonly StateStore[]): Promise<Checked> {
  try {
    await within(ANSWER_MS, Promise.all(states.map((state) => state.read("v1/health"))));
    return passed("state");
  } catch {
    return troubled("state", "fail", "state-down");
  }
}

/** Where nobody was refused for a while nobody tried: a balancer that sends nobody here any more would never learn that it is over. */
function checkLog(log: Pick<AccessLog, "health">, facts: LogFacts | null | undefined): Checked {
  if (facts?.hasHead === false) return troubled("log", "fail", "log-down");
  const { refusedMsAgo } = log.health();
  if (refusedMsAgo === null) return passed("log");
  return troubled("log", refusedMsAgo < TRIED_MS ? "fail" : "warn", "log-down");
}

/** Records go on without a checkpoint, so nobody is kept out for it. */
function checkCheckpoints({ log, places }: Looked, facts: LogFacts | null | undefined): readonly Checked[] {
  if (places.length === 0) return [];
  const { seal } = log.health();
  if (seal?.places.some(({ isReachable }) => !isReachable) === true)
    return [troubled("checkpoints", "warn", "place-unreachable")];
  const age = ageOf(facts);
  const isLate = seal?.isSealing === false || (age !== null && age > LATE_MS);
  return [isLate ? troubled("checkpoints", "warn", "checkpoint-late") : passed("checkpoints")];
}

function ageOf(facts: LogFacts | null | undefined): number | null {
  if (facts === null || facts?.sealedAt == null) return null;
  return Math.max(0, facts.now - facts.sealedAt);
}

async function checkReplica(replica: Database | null): Promise<readonly Checked[]> {
  if (replica === null) return [];
  try {
    await within(ANSWER_MS, replica.query("select 1"));
    return [passed("replica")];
  } catch {
    return [troubled("replica", "warn", "replica-down")];
  }
}

function checkKeys({ keys, clock }: Looked): readonly Checked[] {
  try {
    const now = clock();
    if (keys.subjects.all(now).length === 0 || keys.secrets.all().length === 0) throw new Error("no keys");
    const days = keys.ageDays?.(now) ?? null;
    return [days !== null && days > OLD_DAYS ? troubled("keys", "warn", "key-old") : passed("keys")];
  } catch {
    return [troubled("keys", "fail", "keys-unusable")];
  }
}

function checkClock(facts: DatabaseFacts | undefined): readonly Checked[] {
  if (facts === undefined) return [];
  return [facts.clockApartMs > APART_MS ? troubled("clock", "warn", "clock-apart") : passed("clock")];
}

function checkPartitions(facts: LogFacts | null | undefined): readonly Checked[] {
  if (facts == null) return [];
  return [facts.isCovered ? passed("partitions") : troubled("partitions", "warn", "partition-missing")];
}

/** Folders this node is known to write to. */
async function checkDisk(places: readonly CheckpointPlace[]): Promise<Checked> {
  const folders = places.flatMap(({ name }) =>
    name.startsWith("file:") ? [name.slice("file:".length)] : [],
  );
  const free = await freeShare([tmpdir(), ...folders]);
  return free < LEAST_FREE ? troubled("disk", "warn", "disk-nearly-full") : passed("disk");
}
