import { isGarimError } from "@garim/policy";

/** The database of the log. A `pg` Pool and a PGlite fit as they are. */
export interface LogDatabase {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** One row, every column as text: the only form no driver and no type parser of a host's changes. */
export type TextRow = Readonly<Record<string, string | null>>;

/** Runs a query whose columns are all cast to text. */
export async function queryTexts(
  database: LogDatabase,
  text: string,
  values: unknown[] = [],
): Promise<readonly TextRow[]> {
  const { rows } = await database.query(text, values);
  return rows as TextRow[];
}

/**
 * What a failed statement means for the next try.
 * `data`: the values are at fault, so other values may pass. `statement`: no try will pass. `slow`: the database works, but not
 * in the time it had. `passing`: the next try may pass.
 */
export type Fault = "data" | "statement" | "slow" | "passing";

/** SQLSTATE classes: data exception, integrity violation, program limit exceeded. */
const DATA_CLASSES = ["22", "23", "54"];
/** Syntax or access rule, feature not supported. */
const STATEMENT_CLASSES = ["42", "0A"];
/** Lock not available in time, statement cancelled for its time. */
const SLOW_STATES = ["55P03", "57014"];

/** Classifies a driver's error; what is unknown (a lost connection has no SQLSTATE) may pass. */
export function faultOf(error: unknown): Fault {
  const state = sqlStateOf(error) ?? "";
  if (SLOW_STATES.includes(state)) return "slow";
  if (DATA_CLASSES.includes(state.slice(0, 2))) return "data";
  return STATEMENT_CLASSES.includes(state.slice(0, 2)) ? "statement" : "passing";
}

/** The SQLSTATE of a driver's error, or whatever code it has; also where an error of ours tells of it. */
export function sqlStateOf(error: unknown): string | undefined {
  if (isGarimError(error) && error.cause !== undefined) return sqlStateOf(error.cause);
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
