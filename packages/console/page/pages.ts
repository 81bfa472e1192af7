import type { JSX } from "preact";

/** A module of a page. */
interface PageModule {
  readonly Page: () => JSX.Element;
}

/** What each page shows, by its path below `pages/`; the server's table of the same paths is `src/page-table.ts`. */
const PAGES: Readonly<Record<string, () => Promise<PageModule>>> = {
  home: () => import("./home/page.tsx"),
  "second-factor": () => import("./second-factor/page.tsx"),
  ended: () => import("./ended/page.tsx"),
  refused: () => import("./ended/refused.tsx"),
  security: () => import("./security/page.tsx"),
  tools: () => import("./tools/page.tsx"),
  staff: () => import("./staff/page.tsx"),
  downloads: () => import("./downloads/page.tsx"),
  accesses: () => import("./accesses/page.tsx"),
  education: () => import("./education/page.tsx"),
  "privacy-policy": () => import("./privacy-policy/page.tsx"),
  flows: () => import("./flows/page.tsx"),
  waiting: () => import("./waiting/page.tsx"),
  "held-texts": () => import("./held-texts/page.tsx"),
  retention: () => import("./retention/page.tsx"),
  "self-check": () => import("./self-check/page.tsx"),
  requests: () => import("./requests/page.tsx"),
  rights: () => import("./rights/page.tsx"),
  leaks: () => import("./leaks/page.tsx"),
  "my-leaks": () => import("./my-leaks/page.tsx"),
  "my-requests": () => import("./my-requests/page.tsx"),
  my: () => import("./my/page.tsx"),
  "auditor/search": () => import("./auditor/search/page.tsx"),
  "auditor/record": () => import("./auditor/record/page.tsx"),
  "auditor/charts": () => import("./auditor/charts/page.tsx"),
  "auditor/review": () => import("./auditor/review/page.tsx"),
  "auditor/leak": () => import("./auditor/leak/page.tsx"),
};

export function findPage(path: string): () => Promise<PageModule> {
  const find = PAGES[path] ?? PAGES["home"];
  if (find === undefined) throw new Error("this page has no script");
  return find;
}
