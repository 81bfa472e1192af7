import { LOG_VERSION, readLogVersion } from "@garim/audit";
import { readStateVersion, STATE_MIGRATIONS } from "@garim/auth";
import { type Check, defineCheck, type Judgement } from "../check.ts";

/** Versions of the two schemas; 0 where it is not there. */
interface Versions {
  readonly log: number;
  readonly state: number;
}

/** Judges the versions of the tables against those this garim knows. */
export function judgeSchema(found: Versions, known: Versions): Judgement {
  const seen = `access log ${describe(found.log)}, sessions and factors ${describe(found.state)}`;
  if (found.log > known.log || found.state > known.state)
    return {
      state: "fail",
      seen: `${seen}; this garim knows ${known.log} and ${known.state}`,
      todo: "npm install @garim/cli@latest, of the version that the application runs",
    };
  if (found.log < known.log) return { state: "fail", seen, todo: "garim migrate" };
  if (found.state === known.state) return { state: "ok", seen };
  // Redis may hold them.
  return found.state === 0
    ? { state: "ok", seen: `${seen} (right where Redis holds them)` }
    : { state: "fail", seen, todo: "garim migrate" };
}

function describe(version: number): string {
  return version === 0 ? "not there" : `version ${version}`;
}

export const schemaCheck: Check = defineCheck({
  name: "schema",
  why: "an application refuses to start on tables that are newer or older than its own",
  read: async ({ connection }) => ({
    log: await readLogVersion(connection),
    state: await readStateVersion(connection),
  }),
  judge: (found) => judgeSchema(found, { log: LOG_VERSION, state: STATE_MIGRATIONS.length }),
});
