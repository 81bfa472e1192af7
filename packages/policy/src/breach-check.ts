import type { Words } from "./words.ts";

/** How a leak came about. */
export const LEAK_KINDS = ["hacking", "insider", "misdirected", "exposed"] as const;
export type LeakKind = (typeof LEAK_KINDS)[number];

export const LEAK_KIND_WORDS: Readonly<Record<LeakKind, Words>> = Object.freeze({
  hacking: { ko: "해킹", en: "hacking" },
  insider: { ko: "내부자", en: "insider" },
  misdirected: { ko: "잘못 보낸 메일·문자", en: "misdirected message" },
  exposed: { ko: "게시글·파일 공개", en: "post or file that anybody could read" },
});

/** One thing to do about a leak. */
export interface LeakCheck {
  readonly id: string;
  readonly words: Words;
}

const check = (id: string, ko: string, en: string): LeakCheck => Object.freeze({ id, words: { ko, en } });

/** Whatever happened. */
const COMMON: readonly LeakCheck[] = [
  check("hold", "접속기록과 관련 기록의 파기를 보류함", "Destruction of records and of the log is on hold"),
  check("scope", "접속기록으로 유출 범위를 확인함", "The log was asked how far it reaches"),
  check("recipients", "구매자뿐 아니라 수취인도 세었음", "Recipients are counted, not only buyers"),
];

/**
 * What is to be looked at, by how a leak came about: ours, from practice; the law gives no list.
 *
 * @source pipa/34-1
 */
export const LEAK_CHECKS: Readonly<Record<LeakKind, readonly LeakCheck[]>> = Object.freeze({
  hacking: [
    ...COMMON,
    check("cut-off", "침입 경로와 악용된 접속을 끊음", "The way in is shut, misused sessions are ended"),
    check("keys", "키와 토큰을 폐기하고 새로 만듦", "Keys and tokens are retired and made anew"),
    check("traces", "서버와 로그의 흔적을 변경 없이 보존함", "Traces on servers are kept unchanged"),
    check(
      "intrusion",
      "침해사고를 24시간 안에 신고할지 판단함",
      "Whether to report an intrusion in 24 hours is decided",
    ),
  ],
  insider: [
    ...COMMON,
    check(
      "rights",
      "그 사람의 권한과 접속, 인증 수단을 말소함",
      "The person's rights, sessions and factors are ended",
    ),
    check(
      "keys-known",
      "그 사람이 알던 키와 비밀번호를 바꿈",
      "Keys and passwords the person knew are changed",
    ),
    check("files", "내려받은 파일과 출력물을 회수함", "Downloaded files and prints are taken back"),
    check("others", "같은 권한을 가진 사람의 접속을 점검함", "Others with the same rights are reviewed"),
  ],
  misdirected: [
    ...COMMON,
    check(
      "recall",
      "잘못 받은 사람에게 삭제를 요청하고 확인받음",
      "Whoever got it was asked to delete it, and said so",
    ),
    check("forwarded", "다시 전달되었는지 확인함", "It is known whether it was passed on"),
    check("cause", "주소 목록과 발송 절차의 원인을 고침", "The address list or the way of sending is mended"),
  ],
  exposed: [
    ...COMMON,
    check("taken-down", "게시글이나 파일을 내림", "The post or file is taken down"),
    check(
      "caches",
      "검색엔진과 캐시에서 지우도록 요청함",
      "Search engines and caches were asked to delete it",
    ),
    check("viewers", "내려지기 전의 조회·내려받기 수를 확인함", "Views and downloads before that are known"),
  ],
});
