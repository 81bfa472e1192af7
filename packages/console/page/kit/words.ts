import type { Language } from "@garim/policy";

/** The language of this page: the shell's choice, in `<html lang>`. */
export const language: Language = document.documentElement.lang.startsWith("en") ? "en" : "ko";

/**
 * The words of a page in its reader's language. Each is a text, or a function of what it tells; English has to have what Korean has.
 *
 *     const say = wordsOf({ left: (count: number) => `${count}건 남음` }, { left: (count) => `${count} left` });
 */
export function wordsOf<W extends object>(ko: W, en: NoInfer<W>): W {
  return language === "en" ? en : ko;
}

/** Chooses the other language, for a year, and shows the page anew. */
export function switchLanguage(): void {
  const other = language === "ko" ? "en" : "ko";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser; it holds a language and nothing else
  document.cookie = `garim-language=${other}; Path=/; Max-Age=31536000; SameSite=Lax`;
  location.reload();
}

const LOCALE = language === "ko" ? "ko-KR" : "en-GB";

/** A number as its reader writes it. */
export function numberText(value: number): string {
  return value.toLocaleString(LOCALE);
}

const TIME = new Intl.DateTimeFormat(LOCALE, {
  timeZone: "Asia/Seoul",
  dateStyle: "medium",
  timeStyle: "short",
});
const DAY = new Intl.DateTimeFormat(LOCALE, { timeZone: "Asia/Seoul", dateStyle: "medium" });

/** A moment in Korea. @param at - UTC milliseconds */
export function timeText(at: number): string {
  return language === "ko" ? TIME.format(at) : `${TIME.format(at)} KST`;
}

/** A day in Korea. @param at - UTC milliseconds */
export function dayText(at: number): string {
  return DAY.format(at);
}
