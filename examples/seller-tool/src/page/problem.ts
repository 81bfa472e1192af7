import type { Language } from "../language.ts";
import type { Problem } from "../problem.ts";
import { escapeHtml, htmlPage } from "./html.ts";

const SAY = {
  ko: {
    market: "마켓플레이스의 설명",
    code: "코드",
    trace: "추적 번호",
    marketTrace: "마켓플레이스의 추적 번호",
    home: "처음으로",
  },
  en: {
    market: "The marketplace says",
    code: "Code",
    trace: "Trace",
    marketTrace: "The marketplace's trace",
    home: "Start",
  },
} as const;

/** What went wrong, what to do about it, and what to name when one asks somebody. @param trace - under which it is put down */
export function problemPage(problem: Problem, trace: string, language: Language): string {
  const say = SAY[language];
  const { title, remedy, code, said, marketTrace } = problem;
  const rows = [
    ...said.map((text) => row(say.market, text)),
    row(say.code, code),
    row(say.trace, trace),
    ...(marketTrace === null ? [] : [row(say.marketTrace, marketTrace)]),
  ];
  const main = `<p class="lead">${escapeHtml(remedy[language])}</p>
<dl>${rows.join("")}</dl>
<p><a class="button main" href="/">${say.home}</a></p>`;
  return htmlPage({ language, title: title[language], main });
}

function row(name: string, text: string): string {
  return `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`;
}
