import type { StepUpClass } from "@garim/express";
import type { Words } from "@garim/policy";

/** A page by its path below `pages/`; what it shows is in `page/pages.ts` under the same path. */
export interface Page {
  readonly title: Words;
  /** How fresh a second factor one needs to be let onto it; left out, nobody is asked. */
  readonly proof?: StepUpClass;
  /** Whether pages of this site may hold it in a frame. */
  readonly isEmbeddable?: true;
}

/** The pages. They hold nobody's data: what they show comes from endpoints that guard themselves. */
export const PAGES: Readonly<Record<string, Page>> = {
  home: { title: { ko: "처음", en: "Start" } },
  "second-factor": { title: { ko: "추가 인증", en: "Second factor" } },
  ended: { title: { ko: "접속이 끝났습니다", en: "Your session has ended" } },
  refused: { title: { ko: "권한이 없습니다", en: "Not allowed" } },
};
