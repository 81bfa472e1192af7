import { type LogDatabase, queryTexts } from "../database.ts";
import { retentionRefused } from "./fault.ts";

type RetentionFunction = "destroy_month(text,bigint,text)" | "release(uuid,bigint)";

/**
 * Shows that this user may do what is about to be put on record: a record of what then cannot be done would tell something untrue.
 *
 * @throws GarimError `ERR_GARIM_RETENTION`
 */
export async function checkRight(database: LogDatabase, name: RetentionFunction): Promise<void> {
  const asks = "select has_function_privilege($1::text, 'execute')::text as may";
  const [row] = await queryTexts(database, asks, [`garim.${name}`]);
  if (row?.["may"] === "true") return;
  throw retentionRefused(
    "This user of the database may neither destroy nor release records; use one with the role garim_retain (garim migrate --role-sql prints it)",
  );
}
