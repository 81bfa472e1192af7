import { html, koreanMoment, layFacts, layPage, layTable } from "@garim/audit";
import { type Language, REASONS } from "@garim/policy";
import type { Destruction } from "./destruction.ts";
import { LEDGER_WORDS, type LedgerWords } from "./ledger-words.ts";

/** What stands on the ledger besides the destructions. */
export interface LedgerFacts {
  /** Whose ledger it is. */
  readonly company: string;
  /** UTC milliseconds. */
  readonly madeAt: number;
  /** Korean if left out. */
  readonly language?: Language;
}

/**
 * Writes destructions as the ledger (개인정보 파기 관리대장) a regulator asks for: a page in Korean or English that loads and runs nothing.
 *
 * @source pipa/21
 */
export function writeLedger(destructions: readonly Destruction[], facts: LedgerFacts): string {
  const { company, madeAt, language = "ko" } = facts;
  const say = LEDGER_WORDS[language];
  const columns = [
    { heading: say.id, cell: ({ id }: Destruction) => id },
    { heading: say.recordType, cell: ({ recordType }: Destruction) => recordType },
    { heading: say.step, cell: ({ step }: Destruction) => say.steps[step] },
    { heading: say.records, cell: ({ records }: Destruction) => String(records) },
    { heading: say.ended, cell: (one: Destruction) => sayEnds(one, language) },
    {
      heading: say.method,
      cell: ({ step, method, apartIn }: Destruction) => (step === "separate" ? (apartIn ?? "") : method),
    },
    {
      heading: say.finished,
      cell: ({ finishedAt }: Destruction) =>
        finishedAt === null ? say.unfinished : koreanMoment(finishedAt, language),
    },
    { heading: say.by, cell: ({ by }: Destruction) => by },
    { heading: say.confirmed, cell: (one: Destruction) => sayConfirmation(one, language, say) },
    { heading: say.owedByTools, cell: ({ owedByTools }: Destruction) => String(owedByTools) },
    { heading: say.list, cell: ({ list }: Destruction) => list },
  ];
  const head = [
    [say.company, company],
    [say.made, koreanMoment(madeAt, language)],
  ] as const;
  const body = [
    layFacts(head, language),
    html`<p class="note">${say.note}</p>`,
    layTable(columns, destructions, 0, language),
  ];
  return layPage(say.title, body, language);
}

function sayEnds({ endedFrom, endedTo }: Destruction, language: Language): string {
  if (endedFrom === null || endedTo === null) return "";
  return `${koreanMoment(endedFrom, language)} ~ ${koreanMoment(endedTo, language)}`;
}

function sayConfirmation(
  { confirmedAt, confirmedBy, note, duty }: Destruction,
  language: Language,
  say: LedgerWords,
): string {
  if (confirmedAt !== null)
    return `${koreanMoment(confirmedAt, language)} ${confirmedBy ?? ""}: ${note ?? ""}`;
  if (duty?.kind !== "duty") return "";
  const late = duty.isOverdue ? ` (${say.overdue})` : "";
  return `${REASONS[duty.reason].because[language]} ${say.due} ${koreanMoment(duty.dueAt, language)}${late}`;
}
