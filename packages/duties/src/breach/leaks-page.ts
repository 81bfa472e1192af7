import { html, koreanTime, layPage } from "@garim/audit";
import type { PostedLeak } from "./leak.ts";

/**
 * Writes what stands posted about leaks as a page in Korean and English that loads and runs nothing.
 *
 * @source pipa-decree/39
 */
export function writePostedLeaks(leaks: readonly PostedLeak[]): string {
  return layPage("개인정보 유출 안내", [
    ...(leaks.length === 0 ? [html`<p>게시 중인 유출 안내가 없습니다.</p>`] : []),
    ...leaks.flatMap(({ title, postedAt, text }) => [
      html`\n<h2>${title}</h2>\n<p class="note">${koreanTime(postedAt)} 게시</p>`,
      ...text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => html`<p>${line}</p>`),
    ]),
    html`<p class="note">본인의 정보가 포함되었는지는 로그인한 뒤 개인정보 화면에서 확인할 수 있습니다.</p>`,
  ]);
}
