import type { StepUpClass } from "@garim/express";
import type { Words } from "@garim/policy";

/** A page by its path below `pages/`; what it shows is in `page/pages.ts` under the same path. */
export interface Page {
  readonly title: Words;
  /** How fresh a second factor one needs to be let onto it; left out, nobody is asked. */
  readonly proof?: StepUpClass;
  /** Whether pages of this site may hold it in a frame. */
  readonly isEmbeddable?: true;
  /** Whether it shows the registers: it is there where the host keeps them (`createGarim({ duties })`). */
  readonly isOfDuties?: true;
}

/** The pages. They hold nobody's data: what they show comes from endpoints that guard themselves. */
export const PAGES: Readonly<Record<string, Page>> = {
  home: { title: { ko: "처음", en: "Start" } },
  "second-factor": { title: { ko: "추가 인증", en: "Second factor" } },
  ended: { title: { ko: "접속이 끝났습니다", en: "Your session has ended" } },
  refused: { title: { ko: "권한이 없습니다", en: "Not allowed" } },
  security: { title: { ko: "보안 설정", en: "My security" }, proof: "view" },
  tools: { title: { ko: "연동된 셀러툴", en: "Connected tools" }, proof: "view" },
  staff: { title: { ko: "담당자 관리", en: "Staff" }, proof: "manage" },
  downloads: { title: { ko: "내려받은 파일", en: "Downloads" }, proof: "view" },
  accesses: { title: { ko: "우리 가게의 열람 기록", en: "Who in my shop saw what" }, proof: "view" },
  education: { title: { ko: "개인정보 교육", en: "Courses" }, proof: "view", isOfDuties: true },
  "privacy-policy": {
    title: { ko: "우리 가게의 처리방침", en: "My privacy policy" },
    proof: "view",
    isOfDuties: true,
  },
  flows: { title: { ko: "제공·위탁 현황", en: "Where data goes" }, proof: "view", isOfDuties: true },
  waiting: { title: { ko: "기다리는 일", en: "What waits" }, proof: "view", isOfDuties: true },
  "held-texts": { title: { ko: "막은 답글", en: "Held replies" }, proof: "view", isOfDuties: true },
  retention: {
    title: { ko: "보관과 파기", en: "Retention and destruction" },
    proof: "view",
    isOfDuties: true,
  },
  "self-check": { title: { ko: "자가점검", en: "Self-check" }, proof: "view", isOfDuties: true },
  requests: { title: { ko: "구매자의 요구", en: "Buyers' requests" }, proof: "view", isOfDuties: true },
  rights: { title: { ko: "권한", en: "Rights" }, proof: "view", isOfDuties: true },
  leaks: { title: { ko: "유출 대응", en: "Breach desk" }, proof: "view", isOfDuties: true },
  "my-leaks": {
    title: { ko: "유출에 내 정보가 있었나", en: "Was my data in a leak" },
    isEmbeddable: true,
    isOfDuties: true,
  },
  "my-requests": {
    title: { ko: "내 정보에 관한 요구", en: "Requests about my data" },
    isEmbeddable: true,
    isOfDuties: true,
  },
  my: { title: { ko: "내 정보를 본 사람", en: "Who looked at my data" }, isEmbeddable: true },
  "auditor/search": { title: { ko: "접속기록 찾기", en: "Search the access log" }, proof: "view" },
  "auditor/record": { title: { ko: "기록 한 건", en: "One record" }, proof: "view" },
  "auditor/charts": { title: { ko: "차트", en: "Charts" }, proof: "view" },
  "auditor/review": { title: { ko: "월간 점검", en: "Monthly check" }, proof: "view" },
  "auditor/leak": { title: { ko: "유출 범위", en: "Scope of a leak" }, proof: "view" },
};
