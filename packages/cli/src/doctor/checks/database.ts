import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readSetting } from "../read.ts";

/** Versions Garim is tested on. */
const OLDEST = 15;
const NEWEST = 18;

interface DatabaseFacts {
  readonly name: string;
  /** `server_version_num`: 180001 for 18.1. */
  readonly version: number;
}

/** Judges the version of the database. */
export function judgeDatabase({ name, version }: DatabaseFacts): Judgement {
  const major = Math.floor(version / 10_000);
  const seen = `PostgreSQL ${major}.${version % 10_000}, ${name}`;
  if (major < OLDEST)
    return {
      state: "fail",
      seen,
      todo: `upgrade the server to PostgreSQL ${OLDEST} or newer, up to ${NEWEST}`,
    };
  if (major > NEWEST)
    return {
      state: "warn",
      seen,
      todo: `update @garim/cli and the other packages: these are tested up to PostgreSQL ${NEWEST}`,
    };
  return { state: "ok", seen };
}

export const databaseCheck: Check = defineCheck({
  name: "database",
  why: `the log's SQL is tested on PostgreSQL ${OLDEST} to ${NEWEST}; without its database Garim releases nothing`,
  read: async ({ connection }) => ({
    name: connection.name,
    version: Number(await readSetting(connection, "server_version_num")),
  }),
  judge: judgeDatabase,
});
