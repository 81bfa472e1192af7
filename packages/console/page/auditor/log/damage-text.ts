import type { Damaged } from "./entry.ts";
import type { LogWords } from "./words.ts";

/** What is wrong with a record, in words; with the column of the database, where it is one. */
export function damageText({ kind, column }: Pick<Damaged, "kind" | "column">, words: LogWords): string {
  const text = words.damages[kind] ?? kind;
  return column === undefined ? text : `${text} (${column})`;
}
