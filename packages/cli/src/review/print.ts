import { ACTION_WORDS, type Actor, koreanTime, type Listed, type ShownReview } from "@garim/audit";
import { REASONS, type Reason } from "@garim/policy";
import { cleanForTerminal } from "../output/clean.ts";
import type { Language, Words } from "../output/language.ts";

const MOST_SHOWN = 10;

const LABELS = {
  month: { ko: "점검 대상 월", en: "month" },
  begun: { ko: "점검 시작", en: "begun" },
  signed: { ko: "서명", en: "signed" },
  unsigned: { ko: "서명 전", en: "not signed yet" },
  asSigned: { ko: "서명한 내용과 같음", en: "as it was signed" },
  other: { ko: "서명한 내용과 다름", en: "NOT as it was signed" },
  records: { ko: "접속기록", en: "records" },
  answers: { ko: "개인정보를 제공한 응답", en: "answers with data" },
  actors: { ko: "취급자", en: "actors" },
  downloads: { ko: "내려받기", en: "downloads" },
  undestroyed: { ko: "파기 확인이 없는 파일", en: "files not said to be destroyed" },
  noPurpose: { ko: "목적 없음", en: "NO PURPOSE" },
  offHours: { ko: "업무시간 외", en: "off hours (Korea, 22-6 and weekends)" },
  volume: { ko: "평소보다 많은 처리", en: "more than their own past" },
  subjects: { ko: "많은 정보주체", en: "many data subjects" },
  rows: { ko: "한 건씩 잇따른 조회", en: "one record after the other" },
  networks: { ko: "처음 보는 접속지", en: "first time of an origin" },
  signals: { ko: "이상 징후와 휴면 권한", en: "signals, dormant rights" },
  refused: { ko: "거절", en: "refused" },
  rights: { ko: "권한·기준 변경", en: "changes of rights and policy" },
  auditors: { ko: "접속기록을 조회한 사람", en: "who asked the log" },
  gaps: { ko: "기록할 수 없어 거절한 응답", en: "answers lost to gaps" },
  sample: { ko: "표본", en: "sample" },
  findings: { ko: "지적사항", en: "findings" },
  open: { ko: "조치 중", en: "open" },
  closed: { ko: "조치 완료", en: "settled" },
  none: { ko: "없음", en: "none" },
  more: { ko: "그 밖에", en: "and more:" },
  seq: { ko: "기록", en: "record" },
} satisfies Readonly<Record<string, Words>>;

/** A review in words. */
export function printReview(
  { account, state, isAsSigned }: ShownReview,
  language: Language,
): readonly string[] {
  const say = (label: keyof typeof LABELS): string => LABELS[label][language];
  const { watch, begun } = account;
  const because = (reason: Reason | null): string =>
    reason === null ? "" : ` ${REASONS[reason].because[language]}`;
  const list = <Row>(
    label: keyof typeof LABELS,
    { rows, more }: Listed<Row>,
    line: (row: Row) => string,
  ): readonly string[] => {
    if (rows.length === 0) return [`${say(label)}: ${say("none")}`];
    const left = more + Math.max(0, rows.length - MOST_SHOWN);
    return [
      `${say(label)}:`,
      ...rows.slice(0, MOST_SHOWN).map((row) => `  ${line(row)}`),
      ...(left > 0 ? [`  ${say("more")} ${left}`] : []),
    ];
  };
  const at = (row: { readonly seq: number; readonly at: number }): string =>
    `${say("seq")} ${row.seq}, ${koreanTime(row.at)}`;
  const counted = (row: {
    readonly actor: Actor;
    readonly count: number;
    readonly seq: number;
    readonly at: number;
  }) => `${nameOf(row.actor)}: ${row.count} (${at(row)})`;
  const { signed } = state;
  return [
    `${say("month")}: ${account.month}; ${say("begun")}: ${nameOf(begun.actor)}, ${at(begun)}`,
    signed === null
      ? say("unsigned")
      : `${say("signed")}: ${nameOf(signed.actor)}, ${at(signed)}; ${say(isAsSigned === true ? "asSigned" : "other")}`,
    `${say("records")}: ${watch.records}; ${say("answers")}: ${watch.answers}; ${say("actors")}: ${watch.actors}; ${say("gaps")}: ${watch.gaps}`,
    ...list(
      "downloads",
      watch.downloads,
      (row) =>
        `${nameOf(row.actor)}: ${row.records}, ${row.purpose ?? say("noPurpose")}${because(row.reason)} (${at(row)})`,
    ),
    ...list(
      "undestroyed",
      watch.undestroyed,
      (row) => `${nameOf(row.actor)}: ${koreanTime(row.dueAt)} (${at(row)})`,
    ),
    ...list("offHours", watch.offHours, counted),
    ...list(
      "volume",
      watch.volume,
      (row) => `${nameOf(row.actor)}: ${row.records} / ${row.median ?? say("none")}`,
    ),
    ...list("subjects", watch.subjects, counted),
    ...list("rows", watch.rows, counted),
    ...list("networks", watch.networks, (row) => `${nameOf(row.actor)}: ${row.ip} (${at(row)})`),
    ...list(
      "signals",
      watch.signals,
      (row) =>
        `${nameOf(row.actor)}: ${ACTION_WORDS[row.action][language]}${because(row.reason)} (${at(row)})`,
    ),
    ...list(
      "refused",
      watch.refused,
      (row) => `${counted(row)} ${ACTION_WORDS[row.action][language]}${because(row.reason)}`,
    ),
    ...list("rights", watch.rights, (row) => `${ACTION_WORDS[row.action][language]}: ${row.count}`),
    ...list("auditors", watch.auditors, counted),
    ...list(
      "sample",
      { rows: watch.sample, more: 0 },
      (row) =>
        `${nameOf(row.actor)}: ${row.route}, ${row.ip}, ${row.purpose ?? say("noPurpose")}, ${row.records} (${at(row)})`,
    ),
    ...list(
      "findings",
      { rows: state.findings, more: 0 },
      (row) => `${row.seq}: ${row.what} (${row.owner}) ${say(row.isClosed ? "closed" : "open")}`,
    ),
  ].map(cleanForTerminal);
}

function nameOf({ kind, id, sellerId }: Actor): string {
  return sellerId === null ? `${kind} ${id}` : `${kind} ${id} (${sellerId})`;
}
