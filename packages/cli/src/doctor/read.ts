import type { Queries } from "../connect/connection.ts";

/** One row, every column as text: the form in which all drivers agree. */
export type TextRow = Readonly<Record<string, string | null>>;

/** Runs a query whose columns are all cast to text. */
export async function readTexts(queries: Queries, text: string): Promise<readonly TextRow[]> {
  const { rows } = await queries.query(text);
  return rows as TextRow[];
}

/** The only row of a query whose columns are all cast to text. */
export async function readTextRow(queries: Queries, text: string): Promise<TextRow> {
  const [row] = await readTexts(queries, text);
  return row ?? {};
}

/** A setting of the server, as this user's session has it. */
export async function readSetting(queries: Queries, name: string): Promise<string> {
  const { rows } = await queries.query("select current_setting($1::text) as value", [name]);
  return (rows[0] as { readonly value: string }).value;
}
