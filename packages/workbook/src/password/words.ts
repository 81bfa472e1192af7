import type { Words } from "@garim/policy";

/** Why a password is not enough. */
export type PasswordFault =
  | "too-short"
  | "too-long"
  | "repeated"
  | "pattern"
  | "common"
  | "known"
  | "control-characters"
  | "not-ascii";

/** What a person reads of each. */
export const PASSWORD_WORDS: Readonly<Record<PasswordFault, Words>> = Object.freeze({
  "too-short": {
    ko: "영문 대문자·소문자, 숫자, 특수문자(한글 포함) 가운데 세 종류 이상이면 10자, 두 종류면 14자, 한 종류면 20자 이상으로 정하십시오.",
    en: "Use at least 10 characters of three kinds (capitals, small letters, figures, signs or Hangul), 14 of two kinds, or 20 of one.",
  },
  "too-long": { ko: "255자 이내로 정하십시오.", en: "Use at most 255 characters." },
  repeated: {
    ko: "같은 문자나 같은 구절을 되풀이하지 마십시오.",
    en: "Do not repeat one character or one part.",
  },
  pattern: {
    ko: "1234, qwer처럼 이어지는 문자가 절반을 넘지 않게 하십시오.",
    en: "Rows such as 1234 or qwer must not make up more than half of it.",
  },
  common: {
    ko: "널리 쓰이는 비밀번호입니다. 다른 것으로 정하십시오.",
    en: "This is a common password. Choose another.",
  },
  known: {
    ko: "아이디, 이름, 전화번호 등 남이 아는 정보를 넣지 마십시오.",
    en: "Leave out what others know: ids, names, phone numbers.",
  },
  "control-characters": {
    ko: "줄바꿈이나 보이지 않는 제어문자를 넣지 마십시오.",
    en: "Leave out line breaks and invisible control characters.",
  },
  "not-ascii": {
    ko: "ZIP의 비밀번호는 영문, 숫자, 특수문자로만 정하십시오. 한글은 압축 프로그램마다 다르게 읽습니다.",
    en: "Use plain letters, figures and signs for a ZIP: programs disagree on how Hangul is written into it.",
  },
});
