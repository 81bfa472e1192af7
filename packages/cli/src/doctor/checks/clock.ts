import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTextRow } from "../read.ts";

const WARN_MS = 2_000;
const FAIL_MS = 30_000;

interface ClockFacts {
  /** UTC milliseconds of this machine when the question left, and when the answer was here. */
  readonly before: number;
  readonly after: number;
  /** UTC milliseconds of the database in between. */
  readonly database: number;
}

/** Judges the difference between two clocks: what is certain of it, the way of the question left out. The bounds are ours. */
export function judgeClock({ before, after, database }: ClockFacts): Judgement {
  const ahead = Math.max(0, before - database);
  const behind = Math.max(0, database - after);
  const differenceMs = Math.max(ahead, behind);
  const seen =
    differenceMs === 0
      ? "this machine and the database agree"
      : `this machine is ${(differenceMs / 1_000).toFixed(1)} s ${ahead > 0 ? "ahead of" : "behind"} the database`;
  if (differenceMs <= WARN_MS) return { state: "ok", seen };
  return {
    state: differenceMs > FAIL_MS ? "fail" : "warn",
    seen,
    todo: "let NTP set both clocks: timedatectl set-ntp true, then timedatectl status; look at both machines",
  };
}

export const clockCheck: Check = defineCheck({
  name: "clock",
  why: "90 days, sessions and second factors end by this machine's clock, records carry the database's: apart, they contradict each other",
  read: async ({ connection, now }) => {
    // A first question, so that connecting is not measured.
    await readTextRow(connection, "select ''::text as nothing");
    const before = now();
    const row = await readTextRow(
      connection,
      "select (extract(epoch from clock_timestamp()) * 1000)::text as moment",
    );
    return { before, after: now(), database: Number(row["moment"]) };
  },
  judge: judgeClock,
});
