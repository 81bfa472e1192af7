import { type KeyListing, listKeys, readKeyFile } from "@garim/audit";
import type { Column } from "../output/column.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysListOptions } from "./command.ts";
import { findKeyFile } from "./place.ts";

const COLUMNS: readonly Column<KeyListing>[] = [
  { heading: { ko: "종류", en: "kind" }, cell: ({ kind }) => kind },
  { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
  { heading: { ko: "상태", en: "state" }, cell: ({ state }) => state },
  { heading: { ko: "달", en: "months" }, cell: ({ months }) => spanOf(months) },
  { heading: { ko: "만든 날", en: "made" }, cell: ({ made }) => made?.slice(0, 10) ?? null },
  { heading: { ko: "경과일", en: "days" }, cell: ({ ageDays }) => ageDays },
  { heading: { ko: "책임자", en: "owner" }, cell: ({ owner }) => owner },
  { heading: { ko: "검증 열쇠", en: "verifier key" }, cell: ({ verifierKey }) => verifierKey ?? null },
];

/** Runs `garim keys list`. */
export async function runList(options: KeysListOptions, { terminal }: VerbContext): Promise<void> {
  const path = await findKeyFile(options, terminal);
  await writeList(terminal, COLUMNS, listKeys(readKeyFile(path).file, terminal.now()), options);
}

function spanOf(months: KeyListing["months"]): string | null {
  if (months === undefined || months === null) return null;
  const [first, last] = months;
  return first === last ? first : `${first} to ${last}`;
}
