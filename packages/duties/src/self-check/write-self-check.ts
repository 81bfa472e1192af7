import { html, koreanMoment, koreanTime, layFacts, layPage, layTable } from "@garim/audit";
import { SOURCES } from "@garim/policy";
import type { SelfCheckEntry, SelfCheckReport, SelfCheckState } from "./self-check.ts";

const STATE_WORDS: Readonly<Record<SelfCheckState, string>> = {
  yes: "예",
  no: "아니요",
  open: "확인 필요",
};

/**
 * Writes a self-check as a page in Korean for print: each question with its answer, what says so, and what to do next.
 *
 * @param whose - the marketplace's or the seller's name
 */
export function writeSelfCheck(report: SelfCheckReport, whose: string): string {
  const { counts, entries, madeAt, edition } = report;
  const left = entries.filter(({ state }) => state !== "yes");
  return layPage("개인정보 보호조치 자가점검", [
    layFacts([
      ["대상", whose],
      ["작성일시", koreanMoment(madeAt, "ko")],
      ["정책 판", edition],
      ["결과", `예 ${counts.yes}, 아니요 ${counts.no}, 확인 필요 ${counts.open}`],
    ]),
    html`<p class="note">설정과 기록이 아는 것은 스스로 답했고, 나머지는 사람이 답한 것입니다. 사람의 답은 12개월 동안만 인정합니다. 법률 자문이 아닙니다.</p>`,
    html`\n<h2>1. 다음에 할 일</h2>\n`,
    layTable(
      [
        { heading: "질문", cell: ({ question }) => question.ko },
        { heading: "할 일", cell: ({ next }) => next?.ko ?? null },
      ],
      left,
    ),
    html`\n<h2>2. 모든 질문</h2>\n`,
    layTable<SelfCheckEntry>(
      [
        { heading: "질문", cell: ({ question }) => question.ko },
        { heading: "답", cell: ({ state }) => STATE_WORDS[state] },
        { heading: "무엇이 보이나", cell: sayGround },
        { heading: "근거", cell: ({ sources }) => sources.map((id) => SOURCES[id].ko).join("; ") },
      ],
      entries,
    ),
  ]);
}

function sayGround({ because, answeredAt, answeredBy, isKnown }: SelfCheckEntry): string {
  if (isKnown) return `자동 확인: ${because?.ko ?? ""}`;
  if (answeredAt === null) return "아직 답하지 않음";
  return `${because?.ko ?? ""} (${answeredBy}, ${koreanTime(answeredAt).slice(0, 10)})`;
}
