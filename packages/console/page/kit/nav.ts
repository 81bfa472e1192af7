import { hasPage } from "../pages.ts";
import type { Me } from "./me.ts";
import { wordsOf } from "./words.ts";

const say = wordsOf(
  {
    tools: "셀러툴",
    staff: "담당자 관리",
    downloads: "내려받은 파일",
    accesses: "열람 기록",
    security: "보안 설정",
    my: "내 정보를 본 사람",
    log: "접속기록",
    charts: "차트",
    review: "월간 점검",
    leak: "유출 범위",
  },
  {
    tools: "Tools",
    staff: "Staff",
    downloads: "Downloads",
    accesses: "Who saw what",
    security: "My security",
    my: "Who looked at my data",
    log: "Access log",
    charts: "Charts",
    review: "Monthly check",
    leak: "Scope of a leak",
  },
);

interface Link {
  /** Its path below `pages/`. */
  readonly page: string;
  readonly text: string;
}

/** The pages that are of use to somebody, of those there are. What one may not is refused by the endpoints; this only spares the way. */
export function linksOf(me: Me): readonly Link[] {
  return allOf(me).filter(({ page }) => hasPage(page));
}

function allOf(me: Me): readonly Link[] {
  switch (me.kind) {
    case "none":
      return [];
    case "buyer":
      return [{ page: "my", text: say.my }];
    case "auditor":
      return [...AUDITOR_LINKS, { page: "security", text: say.security }];
    case "operator":
      return [
        { page: "staff", text: say.staff },
        { page: "security", text: say.security },
      ];
    case "staff":
      return [
        ...(me.may.includes("connectTool") ? [{ page: "tools", text: say.tools }] : []),
        ...(me.may.includes("manageStaff")
          ? [
              { page: "staff", text: say.staff },
              { page: "accesses", text: say.accesses },
            ]
          : []),
        ...(me.may.includes("download") ? [{ page: "downloads", text: say.downloads }] : []),
        { page: "security", text: say.security },
      ];
  }
}

/** Of the auditor's console. */
const AUDITOR_LINKS: readonly Link[] = [
  { page: "auditor/search", text: say.log },
  { page: "auditor/charts", text: say.charts },
  { page: "auditor/review", text: say.review },
  { page: "auditor/leak", text: say.leak },
];
