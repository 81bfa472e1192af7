import { shippable, writeLabel } from "../labels.ts";
import type { Language } from "../language.ts";
import type { Line } from "../store.ts";
import { escapeHtml, htmlPage } from "./html.ts";

const SAY = {
  ko: {
    title: "송장",
    count: (labels: number, left: number) =>
      left === 0
        ? `${labels}장. 브라우저의 인쇄로 뽑습니다.`
        : `${labels}장. 브라우저의 인쇄로 뽑습니다. 발송할 것이 아니거나 가려진 ${left}건은 송장이 없습니다.`,
    none: "뽑을 송장이 없습니다. 먼저 판매자를 연결하고 주문을 가져오세요.",
    home: "처음으로",
  },
  en: {
    title: "Labels",
    count: (labels: number, left: number) =>
      left === 0
        ? `${labels} labels; your browser prints them.`
        : `${labels} labels; your browser prints them. ${left} more orders are masked or not to be shipped, and have none.`,
    none: "Nothing to print. Connect a seller and sync orders first.",
    home: "Start",
  },
} as const;

/** The labels, one on each piece of paper. */
export function labelsPage(lines: readonly Line[], language: Language): string {
  const say = SAY[language];
  const labels = shippable(lines);
  const told = labels.length === 0 ? say.none : say.count(labels.length, lines.length - labels.length);
  const items = labels.map((line) => `<li><pre>${escapeHtml(writeLabel(line))}</pre></li>`);
  const main = `<p class="no-print">${told} <a href="/">${say.home}</a></p>
<ol class="labels">${items.join("\n")}</ol>`;
  return htmlPage({ language, title: say.title, main });
}
