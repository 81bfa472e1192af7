import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTexts } from "../read.ts";

interface InvalidIndex {
  readonly name: string;
  /** Of a partitioned table as a whole: it has no content of its own. */
  readonly isPartitioned: boolean;
}

/** Judges the indexes that PostgreSQL does not use. */
export function judgeIndexes(invalid: readonly InvalidIndex[]): Judgement {
  const [first] = invalid;
  if (first === undefined) return { state: "ok", seen: "all valid" };
  return {
    state: "fail",
    seen: `invalid: ${invalid.map(({ name }) => name).join(", ")}`,
    todo: invalid.map(repair).join(" "),
  };
}

function repair({ name, isPartitioned }: InvalidIndex): string {
  // What REINDEX CONCURRENTLY leaves behind when it fails is only a copy.
  if (/_cc(?:new|old)\d*"?$/.test(name)) return `DROP INDEX CONCURRENTLY ${name};`;
  return isPartitioned ? `REINDEX INDEX ${name};` : `REINDEX INDEX CONCURRENTLY ${name};`;
}

export const indexesCheck: Check = defineCheck({
  name: "indexes",
  why: "an invalid index costs every append and answers no question, so who-saw reads the whole log, or a unique one forbids nothing",
  read: async ({ connection }) => {
    const rows = await readTexts(
      connection,
      `select format('%I.%I', n.nspname, c.relname) as name, (c.relkind = 'I')::text as partitioned
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'garim' and not (i.indisvalid and i.indisready)
       order by 1`,
    );
    return rows.map((row) => ({ name: row["name"] ?? "", isPartitioned: row["partitioned"] === "true" }));
  },
  judge: judgeIndexes,
});
