import type { BenchRow } from "../row.ts";

/** What the command was asked for. */
export interface Wish {
  readonly ids: readonly string[];
  readonly isJson: boolean;
}

/** Reads the command's arguments. @throws Error with one line on an unknown option */
export function readArguments(args: readonly string[]): Wish {
  const options = args.filter((arg) => arg.startsWith("-"));
  const unknown = options.find((option) => option !== "--json");
  if (unknown !== undefined)
    throw new Error(`There is no option ${unknown}. Write npm run bench -- [ID…] [--json]`);
  const ids = args.filter((arg) => !arg.startsWith("-"));
  return { ids, isJson: options.length > 0 };
}

/** The rows asked for, in any case; every row where none is named. @throws Error with one line that names the known ids */
export function chooseRows<Row extends Pick<BenchRow, "id">>(
  rows: readonly Row[],
  ids: readonly string[],
): readonly Row[] {
  const has = (names: readonly string[], id: string) =>
    names.some((name) => name.toUpperCase() === id.toUpperCase());
  const known = rows.map((row) => row.id);
  const unknown = ids.filter((id) => !has(known, id));
  if (unknown.length > 0)
    throw new Error(`There is no row ${unknown.join(", ")}. The rows are: ${known.join(", ")}`);
  return ids.length === 0 ? rows : rows.filter((row) => has(ids, row.id));
}
