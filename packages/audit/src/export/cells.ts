import type { Language, Words } from "@garim/policy";
import { type Found, isDamaged } from "../ask/entry.ts";
import { DAMAGE, LOG_COLUMNS } from "./columns.ts";

/** A cell as a person reads it. */
export type SheetCell = string | number | null;

/** What stands above the columns of a sheet: those of every export, and the one of what cannot be read. */
export const SHEET_COLUMNS: readonly { readonly key: string; readonly heading: Words }[] = Object.freeze(
  [...LOG_COLUMNS, DAMAGE].map(({ key, heading }) => Object.freeze({ key, heading })),
);

/** A record as a row of {@link SHEET_COLUMNS}. */
export function cellsOf(found: Found, language: Language): readonly SheetCell[] {
  if (isDamaged(found)) return [found.seq, ...LOG_COLUMNS.slice(1).map(() => null), found.why];
  const cells = LOG_COLUMNS.map(({ value, text }) => (text ?? value)(found, language) as SheetCell);
  return [...cells, null];
}
