import {
  type BreachScope,
  type CountRange,
  koreanTime,
  type ScopeDuty,
  SUBJECT_WORDS,
  type Tallied,
} from "@garim/audit";
import { KIND_WORDS, REASONS } from "@garim/policy";
import { cleanForTerminal } from "../output/clean.ts";
import type { Language, Words } from "../output/language.ts";

const MOST_NAMES = 10;

const LABELS = {
  people: { ko: "정보주체(수취인 포함)", en: "people, recipients counted" },
  notWhole: { ko: "(모두 세지 못함: 더 많을 수 있음)", en: "(not all could be counted: there may be more)" },
  kinds: { ko: "가려지지 않고 제공될 수 있었던 항목", en: "kinds that could be shown clear" },
  none: { ko: "없음", en: "none" },
  answers: { ko: "응답", en: "answers" },
  clear: { ko: "공개", en: "records clear" },
  masked: { ko: "가림", en: "masked" },
  withheld: { ko: "미제공", en: "withheld" },
  refused: { ko: "거절된 요청", en: "refused" },
  downloads: { ko: "내려받기", en: "downloads" },
  first: { ko: "처음", en: "first" },
  last: { ko: "마지막", en: "last" },
  seq: { ko: "기록 번호", en: "record" },
  sellers: { ko: "판매자", en: "sellers" },
  actors: { ko: "취급자", en: "actors" },
  keys: { ko: "서명 키", en: "keys" },
  ips: { ko: "접속지", en: "origins" },
  more: { ko: "그 밖에", en: "and others" },
  files: { ko: "나간 파일", en: "files that left" },
  damaged: { ko: "훼손된 기록", en: "DAMAGED records, not counted" },
  clocks: { ko: "법정 기한", en: "clocks of the law" },
  from: { ko: "기산", en: "from" },
  until: { ko: "기한", en: "until" },
  overdue: { ko: "기한 지남", en: "OVERDUE" },
  noClock: {
    ko: "알게 된 때를 --known-at으로 적으면 기한을 계산합니다",
    en: "write --known-at, when the leak became known, for the clocks of the law",
  },
} satisfies Readonly<Record<string, Words>>;

/** A scope and its clocks in words. */
export function printScope(
  scope: BreachScope,
  duties: readonly ScopeDuty[] | undefined,
  language: Language,
): readonly string[] {
  const say = (label: keyof typeof LABELS): string => LABELS[label][language];
  const { people, kinds, records, first, last } = scope;
  const names = (label: "sellers" | "actors" | "keys" | "ips"): readonly string[] => {
    const line = printNames(scope[label], say("more"));
    return line === "" ? [] : [`${say(label)}: ${line}`];
  };
  return [
    `${say("people")}: ${range(people)}${scope.isWhole ? "" : ` ${say("notWhole")}`}`,
    ...scope.subjects.map((one) => `  ${SUBJECT_WORDS[one.type][language]}: ${range(one)}`),
    `${say("kinds")}: ${kinds.map((kind) => KIND_WORDS[kind][language]).join(", ") || say("none")}`,
    `${say("answers")}: ${count(scope.answers)} (${(["clear", "masked", "withheld"] as const).map((one) => `${say(one)} ${count(records[one])}`).join(", ")}); ${say("refused")}: ${count(scope.refused)}; ${say("downloads")}: ${count(scope.downloads)}`,
    ...(first === null ? [] : [`${say("first")}: ${koreanTime(first.at)} (${say("seq")} ${first.seq})`]),
    ...(last === null ? [] : [`${say("last")}: ${koreanTime(last.at)} (${say("seq")} ${last.seq})`]),
    ...(["sellers", "actors", "keys", "ips"] as const).flatMap(names),
    ...scope.files.map(
      ({ seq, sha256, sizeBytes }) =>
        `${say("files")}: ${say("seq")} ${seq}, SHA-256 ${sha256}, ${count(sizeBytes)} B`,
    ),
    ...(scope.damaged.count === 0
      ? []
      : [`${say("damaged")}: ${count(scope.damaged.count)} (${scope.damaged.places.join(", ")})`]),
    "",
    ...printDuties(duties, language),
  ].map(cleanForTerminal);
}

function printDuties(duties: readonly ScopeDuty[] | undefined, language: Language): readonly string[] {
  const say = (label: keyof typeof LABELS): string => LABELS[label][language];
  if (duties === undefined) return [say("noClock")];
  return [
    `${say("clocks")}:`,
    ...duties.map(
      ({ reason, startsAtKorea, dueAtKorea, isOverdue }) =>
        `  ${REASONS[reason].because[language]} ${say("from")} ${startsAtKorea}, ${say("until")} ${dueAtKorea}${isOverdue ? ` [${say("overdue")}]` : ""}`,
    ),
  ];
}

function printNames({ names, others }: Tallied, more: string): string {
  const shown = names.slice(0, MOST_NAMES).map(({ name, answers }) => `${name} (${count(answers)})`);
  const left = others + names.slice(MOST_NAMES).reduce((sum, { answers }) => sum + answers, 0);
  return [...shown, ...(left > 0 ? [`${more} (${count(left)})`] : [])].join(", ");
}

function range({ least, most }: CountRange): string {
  return least === most ? count(most) : `${count(least)}-${count(most)}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
