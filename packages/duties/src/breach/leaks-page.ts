import { html, koreanMoment, layPage } from "@garim/audit";
import type { Language } from "@garim/policy";
import type { PostedLeak } from "./leak.ts";

const WORDS = {
  ko: {
    title: "개인정보 유출 안내",
    none: "게시 중인 유출 안내가 없습니다.",
    posted: (at: string): string => `${at} 게시`,
    more: "이전 안내",
    own: "본인의 정보가 포함되었는지는 로그인한 뒤 개인정보 화면에서 확인할 수 있습니다.",
  },
  en: {
    title: "Notices of leaks of personal data",
    none: "No notice of a leak is posted.",
    posted: (at: string): string => `Posted ${at}`,
    more: "Older notices",
    own: "Whether your own data was among it you see on the privacy page once you have logged in.",
  },
} as const;

/**
 * Writes what stands posted about leaks as a page that loads and runs nothing. The notices themselves are in both languages, as they were
 * written.
 *
 * @param next - where the older ones begin, linked as `?after=`; `null` where there are none
 * @source pipa-decree/39
 */
export function writePostedLeaks(
  leaks: readonly PostedLeak[],
  language: Language = "ko",
  next: string | null = null,
): string {
  const say = WORDS[language];
  const notices = leaks.flatMap(({ title, postedAt, text }) => [
    html`\n<h2>${title}</h2>\n<p class="note">${say.posted(koreanMoment(postedAt, language))}</p>`,
    ...text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => html`<p>${line}</p>`),
  ]);
  const none = leaks.length === 0 ? [html`<p>${say.none}</p>`] : [];
  const query = new URLSearchParams({ after: next ?? "" });
  const more = next === null ? [] : [html`\n<p><a href="?${query.toString()}">${say.more}</a></p>`];
  return layPage(say.title, [...none, ...notices, ...more, html`<p class="note">${say.own}</p>`], language);
}
