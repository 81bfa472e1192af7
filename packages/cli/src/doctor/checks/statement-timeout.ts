import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTextRow } from "../read.ts";

const LONGEST_MS = 300_000;

interface TimeoutFacts {
  readonly isEmbedded: boolean;
  /** As this user begins with it, milliseconds; 0 for no end. */
  readonly timeoutMs: number;
}

/** Judges whether the server ends a statement that hangs. The bound is ours. */
export function judgeStatementTimeout({ isEmbedded, timeoutMs }: TimeoutFacts): Judgement {
  if (isEmbedded) return { state: "skip", seen: "PGlite has one connection, its process's own" };
  if (timeoutMs > 0 && timeoutMs <= LONGEST_MS) return { state: "ok", seen: `${timeoutMs} ms for this user` };
  return {
    state: "warn",
    seen: timeoutMs === 0 ? "no end for this user" : `${timeoutMs} ms for this user`,
    todo: "ALTER ROLE the application's user SET statement_timeout = '30s'; or give its pool statement_timeout: 30000, which is not seen from here",
  };
}

export const statementTimeoutCheck: Check = defineCheck({
  name: "statement_timeout",
  why: "Garim gives a statement up after 30 s, but the server goes on with it, and its connection serves nobody meanwhile",
  read: async ({ connection }) => {
    const row = await readTextRow(
      connection,
      "select reset_val as timeout from pg_settings where name = 'statement_timeout'",
    );
    return { isEmbedded: connection.kind === "embedded", timeoutMs: Number(row["timeout"]) };
  },
  judge: judgeStatementTimeout,
});
