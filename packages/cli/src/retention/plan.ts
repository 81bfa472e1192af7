import { type MonthState, type PlannedMonth, type RetentionPlan, readRetentionPlan } from "@garim/audit";
import { withLog } from "../connect/with-log.ts";
import type { Column } from "../output/column.ts";
import { findLanguage, type Language, type Words } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { PlanOptions } from "./command.ts";
import { readPolicy, readScope } from "./scope.ts";

const STATES: Readonly<Record<MonthState, Words>> = {
  destroy: { ko: "파기 대상", en: "to be destroyed" },
  kept: { ko: "보관 중", en: "kept" },
  held: { ko: "파기 보류", en: "held" },
  unsealed: { ko: "봉인 전", en: "not sealed" },
};

/** Runs `garim retention plan`. */
export async function runPlan(options: PlanOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const language = findLanguage(options.lang, terminal);
  await withLog(context, options, { mode: "read", statementMs: 0 }, async (connection, { config }) => {
    const plan = await readRetentionPlan(connection, {
      scope: readScope(options),
      policy: readPolicy(options, config),
      isCounting: options.count === true,
      now: terminal.now(),
    });
    terminal.say(describeTerm(plan));
    const rows = plan.months.map(({ mayGoFrom, ...month }) => ({
      ...month,
      mayGoFrom: new Date(mayGoFrom).toISOString(),
    }));
    await writeList(terminal, columns(language), rows, options);
  });
}

type Row = Omit<PlannedMonth, "mayGoFrom"> & { readonly mayGoFrom: string };

function columns(language: Language): readonly Column<Row>[] {
  return [
    { heading: { ko: "달(UTC)", en: "month" }, cell: ({ month }) => month },
    { heading: { ko: "상태", en: "state" }, cell: ({ state }) => STATES[state][language] },
    { heading: { ko: "기록 수", en: "records" }, cell: ({ records }) => records },
    { heading: { ko: "정보주체 수", en: "subjects" }, cell: ({ pseudonyms }) => pseudonyms },
    { heading: { ko: "계속 보관", en: "of these kept" }, cell: ({ kept }) => kept },
    { heading: { ko: "파기 가능일", en: "may go from" }, cell: ({ mayGoFrom }) => mayGoFrom.slice(0, 10) },
    { heading: { ko: "보류 ID", en: "held by" }, cell: ({ heldBy }) => heldBy.join(" ") || null },
    { heading: { ko: "사유", en: "reason" }, cell: ({ reason }) => reason },
  ];
}

/** In one line: how long, and for how many. */
export function describeTerm({ term, subjects, destroyed, history }: RetentionPlan): string {
  const whom = subjects === null ? "for an unknown number of data subjects" : `for ${subjects} data subjects`;
  const gone = destroyed.length === 0 ? "none is destroyed" : `${destroyed.length} are destroyed`;
  const rights = history.reduce((sum, { records }) => sum + records, 0);
  const due = history.reduce((sum, { state, records }) => sum + (state === "destroy" ? records : 0), 0);
  const left = rights === 0 ? "" : `; their history of rights has ${rights} records, of which ${due} may go`;
  return `months are kept ${term.years} years, ${whom} (${term.reason}); ${gone}${left}`;
}
