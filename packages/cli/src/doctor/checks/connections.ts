import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTextRow } from "../read.ts";

interface ConnectionFacts {
  readonly isEmbedded: boolean;
  /** Connections for users who are not superusers. */
  readonly most: number;
  readonly used: number;
}

/** Judges how many connections are free. */
export function judgeConnections({ isEmbedded, most, used }: ConnectionFacts): Judgement {
  if (isEmbedded) return { state: "skip", seen: "PGlite has one connection, its process's own" };
  const free = Math.max(0, most - used);
  const seen = `${free} of ${most} free`;
  if (free > most / 10) return { state: "ok", seen };
  return {
    state: free === 0 ? "fail" : "warn",
    seen,
    todo: "lower max of the applications' pools, put a pooler such as PgBouncer in front, or raise max_connections in postgresql.conf and restart",
  };
}

export const connectionsCheck: Check = defineCheck({
  name: "connections",
  why: "a node that gets no connection cannot record, and so answers 503",
  read: async ({ connection }) => {
    const row = await readTextRow(
      connection,
      `select (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true), '0')::int)::text as most,
         (select count(*) from pg_stat_activity where backend_type = 'client backend')::text as used`,
    );
    return {
      isEmbedded: connection.kind === "embedded",
      most: Number(row["most"]),
      used: Number(row["used"]),
    };
  },
  judge: judgeConnections,
});
