import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTextRow } from "../read.ts";

interface WritableFacts {
  /** Whether the server follows another one. */
  readonly isStandby: boolean;
  /** `default_transaction_read_only` as this user begins with it. */
  readonly startsReadOnly: boolean;
}

/** Judges whether an application that is given this address can write at all. */
export function judgeWritable({ isStandby, startsReadOnly }: WritableFacts): Judgement {
  if (isStandby)
    return {
      state: "warn",
      seen: "this server is a standby",
      todo: "give it as auditorDatabase only; let database lead to the primary",
    };
  if (!startsReadOnly) return { state: "ok", seen: "the primary, open for writing" };
  return {
    state: "fail",
    seen: "every transaction of this user begins read-only",
    todo: "ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf(); and look at ALTER ROLE and ALTER DATABASE, too",
  };
}

export const writableCheck: Check = defineCheck({
  name: "writable",
  why: "after a failover an address may lead to a server that only reads: nothing is recorded there, and so nothing disclosed",
  read: async ({ connection }) => {
    const row = await readTextRow(
      connection,
      `select pg_is_in_recovery()::text as standby,
         (select reset_val from pg_settings where name = 'default_transaction_read_only') as read_only`,
    );
    return { isStandby: row["standby"] === "true", startsReadOnly: row["read_only"] === "on" };
  },
  judge: judgeWritable,
});
