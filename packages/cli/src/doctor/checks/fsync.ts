import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readSetting } from "../read.ts";

interface FsyncFacts {
  readonly fsync: string;
  readonly isEmbedded: boolean;
}

/** Judges whether what is committed is on the disk. */
export function judgeFsync({ fsync, isEmbedded }: FsyncFacts): Judgement {
  if (fsync === "on") return { state: "ok", seen: "on" };
  if (isEmbedded)
    return {
      state: "warn",
      seen: "off: this is PGlite, which survives a killed process, not a power cut",
      todo: "for production give createGarim a pg Pool to a PostgreSQL server; production refuses PGlite",
    };
  return {
    state: "fail",
    seen: fsync,
    todo: "ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf(); then write the log anew or verify it, if the machine has crashed meanwhile",
  };
}

export const fsyncCheck: Check = defineCheck({
  name: "fsync",
  why: "no log, no data: a record counts as durable once it is committed, and without fsync a power cut loses committed ones",
  read: async ({ connection }) => ({
    fsync: await readSetting(connection, "fsync"),
    isEmbedded: connection.kind === "embedded",
  }),
  judge: judgeFsync,
});
