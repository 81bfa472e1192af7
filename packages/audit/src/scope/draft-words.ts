import { KIND_WORDS, type Language, type NoticeContent, REASONS, withTopic } from "@garim/policy";
import { SUBJECT_WORDS } from "../words/kinds.ts";
import { koreanMoment } from "../words/korean-time.ts";
import type { BreachScope, CountRange } from "./breach-scope.ts";
import type { ScopeDuty } from "./duties.ts";

/** The sentences of drafts. */
export interface DraftWords {
  readonly company: string;
  readonly peopleHeading: string;
  readonly clocksHeading: string;
  readonly partial: string;
  readonly noticeTitle: (isPossibleOnly: boolean) => string;
  readonly reportTitle: (isPossibleOnly: boolean) => string;
  readonly noticeOpening: (company: string, isPossibleOnly: boolean) => string;
  /** Marks what somebody has to find out. */
  readonly toFill: (what: string) => string;
  readonly people: (scope: BreachScope) => string;
  readonly numbers: (scope: BreachScope) => readonly string[];
  readonly clock: (duty: ScopeDuty) => string;
  /** What stands for a content that nobody wrote. */
  readonly drafted: Readonly<Record<NoticeContent, (scope: BreachScope) => readonly string[]>>;
}

const count = (value: number): string => value.toLocaleString("en-US");

function sayRange({ least, most }: CountRange, from: string, to: string, unit: string): string {
  return least === most
    ? `${count(most)}${unit}`
    : `${count(least)}${unit}${from} ${count(most)}${unit}${to}`;
}

const KOREAN: DraftWords = {
  company: "회사명",
  peopleHeading: "유출된 정보주체 수(수취인 포함)",
  clocksHeading: "법정 기한",
  partial:
    "※ 1차(일부) 안내입니다. 아직 확인되지 않은 내용은 확인되는 대로 추가로 알려 드립니다. 【확인 필요】로 표시한 부분은 보내기 전에 채우거나 지워 주세요.",
  noticeTitle: (isPossible) =>
    isPossible ? "개인정보 유출 가능성 통지 (초안)" : "개인정보 유출 통지 (초안)",
  reportTitle: (isPossible) =>
    isPossible ? "개인정보 유출 가능성 보고 (초안)" : "개인정보 유출 신고서 (초안)",
  noticeOpening: (company, isPossible) =>
    isPossible
      ? `${withTopic(company)} 귀하의 개인정보가 유출되었을 가능성이 있음을 알게 되어 아래와 같이 알려 드립니다.`
      : `${withTopic(company)} 귀하의 개인정보가 유출된 사실을 알게 되어 아래와 같이 알려 드립니다. 깊이 사과드립니다.`,
  toFill: (what) => `【확인 필요】 ${what}`,
  people: ({ people, isWhole }) => {
    const said = sayRange(people, " 이상", " 이하", "명");
    return isWhole ? said : `${said} 【확인 필요】 모두 세지 못했으므로 더 많을 수 있음`;
  },
  numbers: (scope) => [
    ...scope.subjects.map(
      (one) => `- ${SUBJECT_WORDS[one.type].ko}: ${sayRange(one, " 이상", " 이하", "건")}`,
    ),
    `- 응답 ${count(scope.answers)}회, 공개된 레코드 ${count(scope.records.clear)}건, 가려진 레코드 ${count(scope.records.masked)}건, 내려받기 ${count(scope.downloads)}회, 거절된 요청 ${count(scope.refused)}회`,
    ...(scope.damaged.count === 0
      ? []
      : [`- 【확인 필요】 훼손되어 읽을 수 없는 접속기록 ${count(scope.damaged.count)}건`]),
    ...(scope.subjects.some(({ least, most }) => least !== most)
      ? ["- 접속기록의 가명은 달마다 바뀌므로 여러 달에 걸친 수는 범위로 적습니다."]
      : []),
  ],
  clock: ({ reason, startsAt, dueAt, isOverdue }) =>
    `${REASONS[reason].because.ko} 기산 ${koreanMoment(startsAt, "ko")}, 기한 ${koreanMoment(dueAt, "ko")}${isOverdue ? " (기한 지남)" : ""}`,
  drafted: {
    items: ({ kinds, records, answers }) => {
      if (answers === 0) return ["【확인 필요】 접속기록에서 제공된 항목을 찾지 못했습니다."];
      const clear = kinds.map((kind) => KIND_WORDS[kind].ko).join(", ");
      return [
        clear === ""
          ? "접속기록상 모든 개인정보 항목이 가려진 상태로 제공되었습니다."
          : `${clear} (접속기록상 가려지지 않고 제공될 수 있었던 항목)`,
        ...(records.masked === 0 ? [] : ["일부 항목은 가려진 상태로 제공되었습니다."]),
      ];
    },
    circumstances: ({ first, last }) => [
      first === null || last === null
        ? "시점: 【확인 필요】"
        : `시점: ${koreanMoment(first.at, "ko")} ~ ${koreanMoment(last.at, "ko")} (접속기록 기준, 한국시간)`,
      "경위: 【확인 필요】 누가 어떻게 접근했는지",
    ],
    selfProtection: () => [
      "【확인 필요】 (예시) 출처가 분명하지 않은 전화·문자·이메일의 링크를 누르지 말고, 택배나 환불을 사칭한 연락에 주의해 주세요.",
    ],
    response: () => ["【확인 필요】 취한 조치(접속 차단, 키 폐기, 신고 등)와 피해를 입은 경우의 구제 절차"],
    contact: () => ["【확인 필요】 담당 부서, 전화번호, 이메일"],
    redress: () => [
      "【확인 필요】 보내기 전에 조문을 확인해 주세요.",
      "손해배상: 개인정보 보호법 제39조에 따라 청구하실 수 있습니다.",
      "법정손해배상: 개인정보 보호법 제39조의2에 따라 청구하실 수 있습니다.",
      "분쟁조정: 개인정보 보호법 제43조에 따라 개인정보 분쟁조정위원회에 신청하실 수 있습니다.",
    ],
    decree: () => ["【확인 필요】 시행령이 정한 그 밖의 사항"],
  },
};

const ENGLISH: DraftWords = {
  company: "Company",
  peopleHeading: "Data subjects, recipients counted",
  clocksHeading: "Clocks of the law",
  partial:
    "Note: this is a first, partial notice. What is not known yet follows as it becomes known. Fill in or delete what is marked [TO FILL IN] before it is sent.",
  noticeTitle: (isPossible) =>
    isPossible
      ? "Notice of a possible leak of personal data (draft)"
      : "Notice of a leak of personal data (draft)",
  reportTitle: (isPossible) =>
    isPossible
      ? "Account of a possible leak of personal data (draft)"
      : "Report of a leak of personal data (draft)",
  noticeOpening: (company, isPossible) =>
    isPossible
      ? `${company} has learned that your personal data may have leaked, and tells you the following.`
      : `${company} has learned that your personal data has leaked, and tells you the following. We apologise.`,
  toFill: (what) => `[TO FILL IN] ${what}`,
  people: ({ people, isWhole }) => {
    const said = sayRange(people, " to", "", "");
    return isWhole ? said : `${said} [TO FILL IN] not all could be counted, so there may be more`;
  },
  numbers: (scope) => [
    ...scope.subjects.map((one) => `- ${SUBJECT_WORDS[one.type].en}: ${sayRange(one, " to", "", "")}`),
    `- answers ${count(scope.answers)}, records clear ${count(scope.records.clear)}, records masked ${count(scope.records.masked)}, downloads ${count(scope.downloads)}, refused ${count(scope.refused)}`,
    ...(scope.damaged.count === 0
      ? []
      : [`- [TO FILL IN] access records that are damaged and cannot be read: ${count(scope.damaged.count)}`]),
    ...(scope.subjects.some(({ least, most }) => least !== most)
      ? ["- Pseudonyms in the log change with the month, so that numbers over several months are ranges."]
      : []),
  ],
  clock: ({ reason, startsAt, dueAt, isOverdue }) =>
    `${REASONS[reason].because.en} From ${koreanMoment(startsAt, "en")}, until ${koreanMoment(dueAt, "en")}${isOverdue ? " (overdue)" : ""}`,
  drafted: {
    items: ({ kinds, records, answers }) => {
      if (answers === 0) return ["[TO FILL IN] the log shows no answer with personal data"];
      const clear = kinds.map((kind) => KIND_WORDS[kind].en).join(", ");
      return [
        clear === ""
          ? "By the log every item of personal data was masked."
          : `${clear} (by the log, what could be shown unmasked)`,
        ...(records.masked === 0 ? [] : ["Some of it was masked."]),
      ];
    },
    circumstances: ({ first, last }) => [
      first === null || last === null
        ? "When: [TO FILL IN]"
        : `When: ${koreanMoment(first.at, "en")} to ${koreanMoment(last.at, "en")} (by the log)`,
      "How: [TO FILL IN] who got access, and how",
    ],
    selfProtection: () => [
      "[TO FILL IN] (example) Do not follow links in calls, messages or e-mails of unclear origin; beware of messages about parcels or refunds.",
    ],
    response: () => [
      "[TO FILL IN] what was done (access cut off, keys retired, reported) and what those harmed can do",
    ],
    contact: () => ["[TO FILL IN] department, telephone number, e-mail"],
    redress: () => [
      "[TO FILL IN] check the articles before it is sent.",
      "Damages: personal information protection act, article 39.",
      "Statutory damages: article 39-2.",
      "Mediation: the personal information dispute mediation committee, article 43.",
    ],
    decree: () => ["[TO FILL IN] what else the decree asks for"],
  },
};

export const DRAFT_WORDS: Readonly<Record<Language, DraftWords>> = Object.freeze({ ko: KOREAN, en: ENGLISH });
