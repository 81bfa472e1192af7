import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readSetting } from "../read.ts";

/** Judges whether a commit waits for the disk. */
export function judgeSynchronousCommit(setting: string): Judgement {
  if (setting !== "off") return { state: "ok", seen: setting };
  return {
    state: "warn",
    seen: "off for this user",
    todo: "ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf(); or ALTER ROLE the application's user SET synchronous_commit = on",
  };
}

export const synchronousCommitCheck: Check = defineCheck({
  name: "synchronous_commit",
  why: "the log sets it for its own appends; sessions and used codes do not, and after a crash a used code could be taken again",
  read: ({ connection }) => readSetting(connection, "synchronous_commit"),
  judge: judgeSynchronousCommit,
});
