import type { ShownBy } from "./shown.ts";

/** What went wrong somewhere, what it asks for, and which tests show that it would not go wrong so here. */
export interface CaseRow {
  readonly ko: string;
  readonly en: string;
  readonly asks: string;
  readonly tests: readonly ShownBy[];
}

const HTTP = "test/http";
const ATTACKS = "test/attacks";

/** Incidents that are public, in the order of the regulation's table. */
export const CASES: readonly CaseRow[] = [
  {
    ko: "퇴직자가 토큰 서명키를 들고 나가 208일 동안 천천히 조회",
    en: "A former employee kept the signing key and read slowly for 208 days",
    asks: "a token is known as issued, lives for minutes, and whoever reads slowly through everything is told of and stopped",
    tests: [
      [`${ATTACKS}/j2-issued-kinds.test.ts`, "%s takes its own kind and no other"],
      [`${ATTACKS}/v1-tools.test.ts`, "is stopped at its budget of data subjects"],
      ["packages/policy/src/watch/figures.test.ts", "find the scrape of 2025 before sixty buyers were seen"],
    ],
  },
  {
    ko: "유출 뒤에도 접속기록을 파기",
    en: "Logs went on being destroyed after the leak",
    asks: "a hold stops destruction; recipients are counted as data subjects; a notice says leak",
    tests: [
      ["packages/audit/src/retention/keeper.test.ts", "passes no hold"],
      [
        "packages/audit/src/scope/find-scope.test.ts",
        "tells people of two months apart as a range, recipients and lone orders counted",
      ],
    ],
  },
  {
    ko: "재접속 설정 때문에 응답이 어긋나 다른 판매자에게 노출",
    en: "A reconnect mixed up replies: buyers were shown to other sellers",
    asks: "every stored value names its key, and every answer its question",
    tests: [["test/nodes/mixed-replies.test.ts", "shows nobody another's session"]],
  },
  {
    ko: "화면은 안심번호, API에는 실제 번호",
    en: "The page showed a safe number, its API the real one",
    asks: "masking where bytes are written, on every surface",
    tests: [
      [`${HTTP}/reveal.test.ts`, "judges each record on its own"],
      [`${ATTACKS}/l1-ways-to-answer.test.ts`, "every way to answer"],
    ],
  },
  {
    ko: "제3자 제공인지 위탁인지 정하지 않고 국외로 이전",
    en: "Data went abroad before anybody had decided as what",
    asks: "no entry with its evidence, no data",
    tests: [[`${HTTP}/duties.test.ts`, "lets a tool whose processor is abroad read only with"]],
  },
  {
    ko: "쓰지 않는 관리자 계정, IP 제한 없음",
    en: "A dormant admin account without an IP limit",
    asks: "rights end when nobody uses them; addresses are limited",
    tests: [
      [`${HTTP}/standing.test.ts`, "is that they are dormant, until they are reactivated"],
      [`${HTTP}/allow-list.test.ts`, "are those of the seller's list"],
    ],
  },
  {
    ko: "부하가 걸리자 테넌트가 섞임",
    en: "Tenants were mixed under load",
    asks: "an answer that holds another seller's record is refused whole",
    tests: [
      [`${HTTP}/reveal.test.ts`, "refuses the whole answer when one record is another seller's"],
      [`${ATTACKS}/b1-tools.test.ts`, "to staff: of their own seller, or nothing at all"],
    ],
  },
  {
    ko: "내부자가 1년에 걸쳐 조금씩 조회",
    en: "An insider looked at few people over a year",
    asks: "reasons are asked for, and records reviewed by others",
    tests: [[`${HTTP}/auditor-work.test.ts`, "is begun, filled, signed off and reported"]],
  },
  {
    ko: "판매자 계정 탈취",
    en: "Sellers' accounts were taken over",
    asks: "second factor, signs of another device or network, sessions listed and ended",
    tests: [
      [`${HTTP}/signals.test.ts`, "are told and recorded where a log-in comes from a new device"],
      [`${HTTP}/sessions.test.ts`, "end one of them, which is told why"],
    ],
  },
];
