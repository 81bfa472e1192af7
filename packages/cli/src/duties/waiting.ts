import type { DutyNotice } from "@garim/duties";
import type { Column } from "../output/column.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions } from "./forms.ts";
import { readRegisters } from "./with-registers.ts";

/** Runs `garim duties waiting`. */
export async function runWaiting(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const columns = columnsIn(findLanguage(options.lang, terminal));
  await readRegisters(options, context, async ({ clock }) => {
    await writeList(terminal, columns, await clock.waiting(), options);
  });
}

function columnsIn(language: Language): readonly Column<DutyNotice>[] {
  return [
    { heading: { ko: "할 일", en: "what" }, cell: ({ words }) => words[language] },
    { heading: { ko: "기한", en: "due" }, cell: ({ dueAt }) => sayMoment(dueAt) },
    { heading: { ko: "기한 지남", en: "overdue" }, cell: ({ isOverdue }) => isOverdue },
    { heading: { ko: "건수", en: "count" }, cell: ({ count }) => count },
    { heading: { ko: "대상", en: "about" }, cell: ({ subject }) => subject },
    { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
  ];
}

function sayMoment(at: number | null): string | null {
  return at !== null && Number.isFinite(at) ? new Date(at).toISOString() : null;
}
