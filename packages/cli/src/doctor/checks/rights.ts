import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readTexts } from "../read.ts";

interface RightsFacts {
  readonly isEmbedded: boolean;
  readonly user: string;
  readonly isSuperuser: boolean;
  /** Tables of the log whose rows the user can change or take away. */
  readonly changeable: readonly string[];
}

/** Judges whether the user who records could also rewrite what was recorded. */
export function judgeRights({ isEmbedded, user, isSuperuser, changeable }: RightsFacts): Judgement {
  if (isEmbedded) return { state: "skip", seen: "PGlite has one user, who may do everything" };
  const todo =
    "let the application connect as a role that may append and not change: garim migrate --role-sql prints it, with what to do";
  if (isSuperuser) return { state: "warn", seen: `${user} is a superuser`, todo };
  if (changeable.length === 0) return { state: "ok", seen: `${user} may not change what is recorded` };
  return { state: "warn", seen: `${user} may change or delete in ${changeable.join(", ")}`, todo };
}

export const rightsCheck: Check = defineCheck({
  name: "rights",
  why: "whoever takes over the application, or its password, should not be able to rewrite the log (notice-2026-9/8-3)",
  read: async ({ connection }) => {
    const rows = await readTexts(
      connection,
      `select current_user::text as name, (select rolsuper from pg_roles where rolname = current_user)::text as superuser,
         (select string_agg(distinct coalesce(p.relname, c.relname), ', ')
           from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
           where c.relnamespace = to_regnamespace('garim') and c.relkind in ('r', 'p') and c.relname like 'log\\_%'
             and (has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete')
               or has_table_privilege(c.oid, 'truncate'))) as changeable`,
    );
    const [row = {}] = rows;
    return {
      isEmbedded: connection.kind === "embedded",
      user: row["name"] ?? "",
      isSuperuser: row["superuser"] === "true",
      changeable: row["changeable"]?.split(", ") ?? [],
    };
  },
  judge: judgeRights,
});
