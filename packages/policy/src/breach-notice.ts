import type { Words } from "./words.ts";

/** The seven things a notice of a leak says. */
export const NOTICE_CONTENTS = [
  "items",
  "circumstances",
  "selfProtection",
  "response",
  "contact",
  "redress",
  "decree",
] as const;
export type NoticeContent = (typeof NOTICE_CONTENTS)[number];

/**
 * What each of the seven is.
 *
 * @source pipa/34-1
 */
export const NOTICE_WORDS: Readonly<Record<NoticeContent, Words>> = Object.freeze({
  items: { ko: "유출된 개인정보의 항목", en: "items that leaked" },
  circumstances: { ko: "유출된 시점과 경위", en: "when and how it happened" },
  selfProtection: { ko: "정보주체가 할 수 있는 피해 최소화 방법", en: "what the subject can do" },
  response: { ko: "대응 조치와 피해 구제 절차", en: "response and remedy" },
  contact: { ko: "신고를 받는 담당 부서와 연락처", en: "contact" },
  redress: {
    ko: "손해배상, 법정손해배상, 분쟁조정의 권리와 그 방법",
    en: "rights to damages, statutory damages and mediation, and how to use them",
  },
  decree: { ko: "그 밖에 시행령이 정한 사항", en: "what the decree adds" },
});

/**
 * Lists what a notice still lacks, in the order of the seven. What is known goes out first: a notice that lacks something is a
 * partial one, not a forbidden one.
 *
 * @source pipa/34-1
 */
export function listMissingContents(given: readonly string[]): readonly NoticeContent[] {
  return NOTICE_CONTENTS.filter((content) => !given.includes(content));
}

const SOFT_WORDS = /노출|\bexpos(?:e|es|ed|ing|ure)\b/giu;

/**
 * Finds words that play a leak down: a notice says 유출 (leak), never 노출 (exposure).
 *
 * @returns the words as they stand, in their order
 * @source garim/wording
 */
export function findSoftWords(text: string): readonly string[] {
  return text.match(SOFT_WORDS) ?? [];
}
