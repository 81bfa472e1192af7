import { type Language, REASONS, type Words } from "@garim/policy";
import type { Actor, LogEntry, LoggedAccess } from "../access.ts";
import { isObserved } from "../observe/observed.ts";
import { ACTION_WORDS } from "../words/actions.ts";
import { ACTOR_WORDS, MODE_WORDS, OUTCOME_WORDS, SUBJECT_WORDS } from "../words/kinds.ts";
import { koreanTime } from "../words/korean-time.ts";

/** What a program reads in a column: a text, a number, nothing, or a small structure. */
export type ColumnValue = string | number | null | readonly unknown[] | Readonly<Record<string, unknown>>;

/** One column of an export. */
export interface LogColumn {
  /** Its name in NDJSON. */
  readonly key: string;
  readonly heading: Words;
  /** For programs: codes, as the record has them. */
  readonly value: (entry: LogEntry) => ColumnValue;
  /** For people, where that is something else. */
  readonly text?: (entry: LogEntry, language: Language) => string | number | null;
}

function column(
  key: string,
  ko: string,
  en: string,
  value: LogColumn["value"],
  text?: LogColumn["text"],
): LogColumn {
  return Object.freeze({
    key,
    heading: Object.freeze({ ko, en }),
    value,
    ...(text === undefined ? {} : { text }),
  });
}

/** A cell of a sheet holds 32,767 characters; what does not fit is counted. NDJSON has all of it. */
const MOST_IN_CELL = 32_000;

/** The columns of an export, in order. The README's table is tested against them. */
export const LOG_COLUMNS: readonly LogColumn[] = Object.freeze([
  column("seq", "일련번호", "Place", ({ seq }) => seq),
  column("id", "기록 ID", "Record id", ({ id }) => id),
  column("at", "접속일시", "Time", ({ access }) => koreanTime(access.at)),
  column("recordedAt", "기록일시", "Recorded", ({ recordedAt }) => koreanTime(recordedAt)),
  column(
    "kind",
    "취급자 구분",
    "Kind of actor",
    kindOf,
    ({ access }, language) => ACTOR_WORDS[access.actor.kind][language],
  ),
  column("actor", "식별자", "Identifier", ({ access }) => access.actor.id),
  column("seller", "판매자", "Seller", ({ access }) => access.actor.sellerId),
  column("ip", "접속지", "Origin", ({ access }) => access.origin.ip),
  column("agent", "접속 프로그램", "User agent", ({ access }) => access.origin.agent),
  column(
    "action",
    "수행업무",
    "Action",
    ({ access }) => access.action,
    ({ access }, language) => ACTION_WORDS[access.action][language],
  ),
  column(
    "outcome",
    "결과",
    "Outcome",
    ({ access }) => access.outcome,
    ({ access }, language) => OUTCOME_WORDS[access.outcome][language],
  ),
  column(
    "reason",
    "사유",
    "Reason",
    ({ access }) => access.reason,
    ({ access }, language) => (access.reason === null ? null : REASONS[access.reason].because[language]),
  ),
  column("subjectCount", "정보주체 수", "Data subjects, number", ({ access }) => subjectsOf(access).length),
  column(
    "subjects",
    "처리한 정보주체",
    "Data subjects",
    ({ access }) => subjectsOf(access),
    ({ access }, language) =>
      fitCell(subjectsOf(access).map(({ type, hex }) => `${SUBJECT_WORDS[type][language]}:${hex}`)),
  ),
  column("records", "처리 건수", "Records", ({ access }) => access.records.length),
  column("clear", "공개 건수", "Clear", ({ access }) => clearOf(access)),
  column("purpose", "처리 목적", "Purpose", ({ access }) => access.purpose),
  column("route", "경로", "Route", ({ access }) => access.route),
  column("session", "접속 세션", "Session", ({ access }) => access.session),
  column("factor", "인증 수단", "Second factor", ({ access }) => access.factor?.method ?? null),
  column("factorAt", "인증일시", "Proved", ({ access }) =>
    access.factor === null ? null : koreanTime(access.factor.at),
  ),
  column(
    "target",
    "대상자",
    "Done to",
    ({ access }) => (access.target === undefined ? null : { ...access.target }),
    ({ access }) => sayActor(access.target),
  ),
  column(
    "asked",
    "조회 대상",
    "Asked for",
    ({ access }) => access.asked ?? [],
    ({ access }, language) =>
      fitCell((access.asked ?? []).map(({ type, hex }) => `${SUBJECT_WORDS[type][language]}:${hex}`)),
  ),
  column("count", "합계", "Answers summed", ({ access }) => access.count ?? null),
  column("grant", "연동 번호", "Grant", ({ access }) => access.grant ?? null),
  column("key", "서명 키", "Signing key", ({ access }) => access.key ?? null),
  column("sha256", "파일 SHA-256", "File, SHA-256", ({ access }) => access.file?.sha256 ?? null),
  column("sizeBytes", "파일 크기", "File, bytes", ({ access }) => access.file?.sizeBytes ?? null),
  column(
    "detail",
    "상세",
    "Detail",
    ({ access }) => access.detail ?? null,
    ({ access }) => sayDetail(access),
  ),
  column("policy", "정책 판", "Policy edition", ({ access }) => access.policy.edition),
  column(
    "mode",
    "적용 방식",
    "Mode",
    ({ access }) => access.mode ?? null,
    ({ access }, language) => (access.mode === undefined ? null : MODE_WORDS[access.mode][language]),
  ),
]);

/** The column of what cannot be read; it stands last. */
export const DAMAGE: { readonly key: string; readonly heading: Words } = Object.freeze({
  key: "damaged",
  heading: Object.freeze({ ko: "훼손", en: "Damaged" }),
});

function kindOf({ access }: LogEntry): string {
  return access.actor.kind;
}

/** Each once: several records of an answer are often of one buyer. */
function subjectsOf(
  access: LoggedAccess,
): readonly { readonly type: "buyer" | "phone" | "order"; readonly hex: string }[] {
  const all = access.records.flatMap((record) => record.subjects);
  return [...new Map(all.map(({ type, hex }) => [hex, { type, hex }])).values()];
}

function clearOf(access: LoggedAccess): number {
  const { records } = access;
  if (isObserved(access)) return records.length;
  return records.filter((record) => record.disclosure.kind === "reveal").length;
}

function sayActor(actor: Actor | undefined): string | null {
  if (actor === undefined) return null;
  return actor.sellerId === null ? actor.id : `${actor.id} (${actor.sellerId})`;
}

function sayDetail({ detail = {} }: LoggedAccess): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
}

function fitCell(parts: readonly string[]): string {
  let text = "";
  for (const [i, part] of parts.entries()) {
    if (text.length + part.length > MOST_IN_CELL) return `${text} (+${parts.length - i})`;
    text += i === 0 ? part : ` ${part}`;
  }
  return text;
}
