import { host } from "./host.ts";
import type { Me } from "./me.ts";
import { wordsOf } from "./words.ts";

const say = wordsOf(
  {
    tools: "셀러툴",
    staff: "담당자 관리",
    downloads: "내려받은 파일",
    accesses: "열람 기록",
    education: "교육",
    policy: "처리방침",
    flows: "제공·위탁",
    waiting: "기다리는 일",
    held: "막은 답글",
    retention: "보관·파기",
    check: "자가점검",
    requests: "구매자 요구",
    rights: "권한",
    ask: "내 정보에 관한 요구",
    security: "보안 설정",
    my: "내 정보를 본 사람",
    myLeaks: "유출 안내",
    log: "접속기록",
    charts: "차트",
    review: "월간 점검",
    leak: "유출 범위",
    leaks: "유출 대응",
  },
  {
    tools: "Tools",
    staff: "Staff",
    downloads: "Downloads",
    accesses: "Who saw what",
    education: "Courses",
    policy: "Privacy policy",
    flows: "Where data goes",
    waiting: "What waits",
    held: "Held replies",
    retention: "Retention",
    check: "Self-check",
    requests: "Buyers' requests",
    rights: "Rights",
    ask: "Requests about my data",
    security: "My security",
    my: "Who looked at my data",
    myLeaks: "Leaks",
    log: "Access log",
    charts: "Charts",
    review: "Monthly check",
    leak: "Scope of a leak",
    leaks: "Breach desk",
  },
);

export interface Link {
  /** Its path below `pages/`. */
  readonly page: string;
  readonly text: string;
  /** Of use now and then: it stands in a part of the menu that is opened. */
  readonly isMore?: boolean;
}

/** The pages that are of use to somebody, of those there are. What one may not is refused by the endpoints; this only spares the way. */
export function linksOf(me: Me): readonly Link[] {
  return allOf(me).filter(({ page }) => host.pages.includes(page));
}

function allOf(me: Me): readonly Link[] {
  switch (me.kind) {
    case "none":
      return [];
    case "buyer":
      return [
        { page: "my", text: say.my },
        { page: "my-requests", text: say.ask },
        { page: "my-leaks", text: say.myLeaks },
      ];
    case "auditor":
      return [...AUDITOR_LINKS, leakLink(me), ...waitingLinks(me), ...REGISTER_LINKS, SECURITY];
    case "operator":
      return [
        { page: "staff", text: say.staff },
        LEAKS,
        ...waitingLinks(me),
        ...REGISTER_LINKS,
        POLICIES,
        SECURITY,
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
        { page: "rights", text: say.rights, isMore: true },
        { page: "education", text: say.education, isMore: true },
        ...(me.may.includes("manageStaff")
          ? [
              { page: "privacy-policy", text: say.policy, isMore: true },
              { page: "flows", text: say.flows, isMore: true },
              { page: "requests", text: say.requests, isMore: true },
              { page: "held-texts", text: say.held, isMore: true },
              { page: "self-check", text: say.check, isMore: true },
            ]
          : []),
        SECURITY,
      ];
  }
}

const SECURITY: Link = { page: "security", text: say.security };

/** Of any seller, for operators. */
const POLICIES: Link = { page: "privacy-policy", text: say.policy, isMore: true };

/** Of the registers, for people of the marketplace. */
const REGISTER_LINKS: readonly Link[] = [
  { page: "flows", text: say.flows, isMore: true },
  { page: "education", text: say.education, isMore: true },
  { page: "retention", text: say.retention, isMore: true },
  { page: "self-check", text: say.check, isMore: true },
  { page: "requests", text: say.requests, isMore: true },
  { page: "held-texts", text: say.held, isMore: true },
  { page: "rights", text: say.rights, isMore: true },
];

/** What waits is of the whole marketplace. */
function waitingLinks({ sellerId }: { readonly sellerId: string | null }): readonly Link[] {
  return sellerId === null ? [{ page: "waiting", text: say.waiting, isMore: true }] : [];
}

/** Of the auditor's console. */
const AUDITOR_LINKS: readonly Link[] = [
  { page: "auditor/search", text: say.log },
  { page: "auditor/charts", text: say.charts },
  { page: "auditor/review", text: say.review },
];

const LEAKS: Link = { page: "leaks", text: say.leaks };

/** The breach desk is for the whole marketplace; where there is none, or one is of one seller, scopes alone are counted. */
function leakLink({ sellerId }: { readonly sellerId: string | null }): Link {
  const hasDesk = sellerId === null && host.pages.includes("leaks");
  return hasDesk ? LEAKS : { page: "auditor/leak", text: say.leak };
}
