import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTextRow } from "../read.ts";

const MINUTE_MS = 60_000;
/** An idle log gets one each minute: three are missed. */
const LATE_MS = 3 * MINUTE_MS;

interface CheckpointFacts {
  /** Whether this version of the log has checkpoints. */
  readonly isKept: boolean;
  /** Whether anything is recorded that one could be of. */
  readonly hasRecords: boolean;
  /** UTC milliseconds of the newest one; absent without one. */
  readonly newest: number | undefined;
  /** UTC milliseconds of the database. */
  readonly now: number;
}

/** Judges how old the newest signed checkpoint is. */
export function judgeCheckpoint({ isKept, hasRecords, newest, now }: CheckpointFacts): Judgement {
  if (!isKept) return { state: "skip", seen: "this log keeps no checkpoints yet" };
  if (newest === undefined && !hasRecords) return { state: "ok", seen: "none, and nothing is recorded" };
  const age = newest === undefined ? undefined : Math.max(0, now - newest);
  const seen = age === undefined ? "none was ever signed" : `the newest is ${describeAge(age)} old`;
  if (age !== undefined && age <= LATE_MS) return { state: "ok", seen };
  return {
    state: "warn",
    seen,
    todo: "look whether an application with a signing key runs, and into its log for ERR_GARIM_; an application that is stopped signs nothing",
  };
}

function describeAge(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return `${Math.floor(ms / 1_000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

export const checkpointCheck: Check = defineCheck({
  name: "checkpoint",
  why: "what no checkpoint covers can be rewritten by whoever owns the database, and nobody could tell",
  read: async ({ connection }) => {
    const there = await readTextRow(
      connection,
      "select (to_regclass('garim.log_checkpoint') is not null)::text as kept, (extract(epoch from now()) * 1000)::text as moment",
    );
    const now = Number(there["moment"]);
    if (there["kept"] !== "true") return { isKept: false, hasRecords: false, newest: undefined, now };
    const row = await readTextRow(
      connection,
      `select (extract(epoch from max(at)) * 1000)::text as newest,
         (select (size > 0)::text from garim.log_head) as filled
       from garim.log_checkpoint`,
    );
    const { newest, filled } = row;
    return {
      isKept: true,
      hasRecords: filled === "true",
      newest: typeof newest === "string" ? Number(newest) : undefined,
      now,
    };
  },
  judge: judgeCheckpoint,
});
