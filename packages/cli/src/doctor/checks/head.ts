import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTexts } from "../read.ts";

interface HeadFacts {
  /** Records the head has counted; absent where it is gone. */
  readonly head: number | undefined;
  /** Place of the newest record; 0 where there is none. */
  readonly newest: number;
}

/** Judges whether the log ends where its head says. */
export function judgeHead({ head, newest }: HeadFacts): Judgement {
  const todo =
    "garim verify names what is missing or was put in; do not repair by hand, keep the database as it is";
  if (head === undefined) return { state: "fail", seen: "the row of garim.log_head is gone", todo };
  if (head === newest) return { state: "ok", seen: `${head.toLocaleString("en-US")} records` };
  const seen = `the head counts ${head}, the newest record is ${newest === 0 ? "none" : newest}`;
  // Retention may have destroyed all there was.
  return { state: newest === 0 ? "warn" : "fail", seen, todo };
}

export const headCheck: Check = defineCheck({
  name: "head",
  why: "records that are missing at the end are the easiest forgery, and the next append would go on behind the gap",
  read: async ({ connection }) => {
    const [row] = await readTexts(
      connection,
      `select h.size::text as head,
         coalesce((select seq from garim.log_record order by seq desc limit 1), 0)::text as newest
       from garim.log_head h`,
    );
    return {
      head: row === undefined ? undefined : Number(row["head"]),
      newest: Number(row?.["newest"] ?? 0),
    };
  },
  judge: judgeHead,
});
