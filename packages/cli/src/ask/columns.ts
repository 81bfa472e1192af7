import type { LogEntry, LoggedSession } from "@garim/audit";
import { ACTION_WORDS, koreanTime, MODE_WORDS, OUTCOME_WORDS } from "@garim/audit";
import { REASONS, type Reason } from "@garim/policy";
import type { Cell, Column } from "../output/column.ts";
import type { Language } from "../output/language.ts";

type Make<Row> = readonly [ko: string, en: string, cell: (row: Row) => Cell];

function columnsOf<Row>(made: readonly Make<Row>[]): readonly Column<Row>[] {
  return made.map(([ko, en, cell]) => ({ heading: { ko, en }, cell }));
}

/** What a person at a terminal sees of a record; `--json` and `--csv` have all of it. */
export function recordColumns(language: Language): readonly Column<LogEntry>[] {
  return columnsOf<LogEntry>([
    ["일련번호", "Place", ({ seq }) => seq],
    ["접속일시", "Time (Korea)", ({ access }) => shortTime(access.at)],
    ["식별자", "Identifier", ({ access }) => access.actor.id],
    ["판매자", "Seller", ({ access }) => access.actor.sellerId],
    ["수행업무", "Action", ({ access }) => ACTION_WORDS[access.action][language]],
    ["결과", "Outcome", ({ access }) => sayOutcome(access, language)],
    ["건수", "Records", ({ access }) => access.records.length],
    ["목적", "Purpose", ({ access }) => access.purpose],
    ["접속지", "Origin", ({ access }) => access.origin.ip],
    ["대상자", "Done to", ({ access }) => access.target?.id ?? null],
    ["사유", "Reason", ({ access }) => because(access.reason, language)],
  ]);
}

/** What was only observed left as the host gave it, whatever was decided: nobody must read it as enforced. */
function sayOutcome({ outcome, mode }: LogEntry["access"], language: Language): string {
  const said = OUTCOME_WORDS[outcome][language];
  return mode === undefined ? said : `${said} (${MODE_WORDS[mode][language]})`;
}

export function sessionColumns(language: Language): readonly Column<LoggedSession>[] {
  return columnsOf<LoggedSession>([
    ["일련번호", "Place", ({ seq }) => seq],
    ["접속", "Opened (Korea)", ({ openedAt }) => shortTime(openedAt)],
    ["종료", "Ended", ({ endedAt }) => (endedAt === null ? null : shortTime(endedAt))],
    ["종료 방식", "How", ({ ending }) => ending && ACTION_WORDS[ending][language]],
    ["인증 수단", "Second factor", ({ factors }) => factors.map(({ method }) => method).join(" ")],
    ["접속지", "Origin", ({ origin }) => origin.ip],
    ["판매자", "Seller", ({ actor }) => actor.sellerId],
    ["사유", "Reason", ({ reason }) => because(reason, language)],
    ["접속 프로그램", "User agent", ({ origin }) => origin.agent],
  ]);
}

function shortTime(at: number): string {
  return koreanTime(at).slice(0, 19).replace("T", " ");
}

function because(reason: Reason | null, language: Language): string | null {
  return reason && REASONS[reason].because[language];
}
