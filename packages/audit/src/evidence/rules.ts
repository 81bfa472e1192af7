import type { SourceId, Words } from "@garim/policy";

/** A rule, where it comes from, and what decides and keeps it. */
export interface EvidenceRule {
  readonly rule: Words;
  readonly sources: readonly SourceId[];
  /** Functions of `@garim/policy`, then packages. */
  readonly keptBy: readonly string[];
}

function rule(
  ko: string,
  en: string,
  sources: readonly SourceId[],
  ...keptBy: readonly string[]
): EvidenceRule {
  return Object.freeze({ rule: Object.freeze({ ko, en }), sources, keptBy });
}

/** Every rule Garim encodes. A test holds it against the table the rules' own tests are found by. */
export const EVIDENCE_RULES: readonly EvidenceRule[] = Object.freeze([
  rule(
    "판매자 담당자가 구매자 정보를 조회·이용·내려받기 전 추가 인증",
    "Second factor before a seller's staff views, uses or downloads buyers' data",
    ["code-2022/second-factor", "notice-2026-9/6-2"],
    "decideStepUp",
    "@garim/auth",
    "@garim/express",
  ),
  rule(
    "미사용 접속의 차단과 재접속",
    "Idle session cut off; afterwards log in as at first",
    ["code-2022/idle", "notice-2026-9/6-4"],
    "decideSession",
    "@garim/auth",
  ),
  rule("접속 최대 시간", "Absolute session length", ["garim/absolute"], "decideSession"),
  rule(
    "인증 실패 시 잠금",
    "Failed authentications lock",
    ["notice-2026-9/5-6", "pipa/29"],
    "decideTry",
    "countWrongTry",
    "@garim/auth",
  ),
  rule(
    "이용 목적이 끝난 개인정보의 표시 제한",
    "Personal data masked once its purpose has ended",
    ["code-2022/mask", "pipa/17", "pipa/21"],
    "decideDisclosure",
    "purposeEnd",
    "@garim/masking",
  ),
  rule(
    "진행 중인 클레임에 필요한 항목의 표시(당사 기준)",
    "What an open claim needs is shown, on our own authority",
    ["ecommerce/17-3"],
    "decideDisclosure",
  ),
  rule(
    "구매자 정보 내려받기의 종료",
    "Download of buyers' data ends",
    ["code-2022/download"],
    "decideDisclosure",
  ),
  rule(
    "내려받은 파일의 암호화, 목적과 항목의 기재, 대장, 이용 후 파기",
    "Downloaded file encrypted; purpose stated, fields chosen, kept in a ledger; destroyed after use",
    ["notice-2026-9/7-5", "notice-2026-9/12"],
    "decideDownload",
    "@garim/workbook",
    "@garim/express",
  ),
  rule(
    "대량 내려받기에 대한 다른 담당자의 승인(당사 기준)",
    "Large downloads take the consent of a second person",
    ["garim/download"],
    "decideDownloadVolume",
    "@garim/express",
  ),
  rule(
    "셀러툴과 판매자의 확인, 판매자·셀러툴별 연동 동의, 계약",
    "Tool and seller both verified, one grant per seller and tool, agreement and contract on file",
    ["code-2022/tool", "toolcode-2022/grant", "pipa/26"],
    "decideGrant",
    "grantEnd",
    "@garim/token-server",
    "@garim/duties",
  ),
  rule(
    "담당자별 최소 권한",
    "Least privilege per staff member",
    ["notice-2026-9/5-1"],
    "decideAction",
    "kindsOfRoles",
    "decideDisclosure",
  ),
  rule(
    "휴면 계정의 권한 말소",
    "Rights of dormant accounts removed",
    ["notice-2026-9/5-2"],
    "decideDormancy",
    "dormantAt",
  ),
  rule(
    "권한 부여·변경·말소 내역의 보관",
    "History of grants, changes, revocations kept",
    ["notice-2026-9/5-3"],
    "decideRightsErasure",
    "@garim/audit",
  ),
  rule(
    "IP 주소 등에 의한 접속 제한, 유출 시도의 탐지",
    "Access limited by IP and the like; attempts to leak are detected",
    ["notice-2026-9/6-1"],
    "decideNetwork",
    "watchAccess",
    "@garim/express",
    "@garim/audit",
  ),
  rule(
    "정보주체가 아닌 모든 접속자의 접속기록, 1년 또는 2년 보관, 위·변조 방지",
    "Access record of everyone but the data subject; kept for 1 or 2 years; protected from forgery",
    ["notice-2026-9/8-1", "garim/hold"],
    "recordTerm",
    "decideRecordErasure",
    "@garim/audit",
  ),
  rule(
    "운영 담당이 아닌 사람에 의한 접속기록과 내려받기의 점검",
    "Access records and downloads reviewed, not by the operating team",
    ["notice-2026-9/8-2"],
    "decideReview",
    "decideReviewer",
    "@garim/audit",
    "@garim/duties",
  ),
  rule(
    "필요 없어진 개인정보의 지체 없는 파기와 확인, 보존 요청의 우선",
    "Destroyed without delay when no longer needed; recorded and confirmed; a legal hold wins",
    ["pipa/21", "garim/hold"],
    "decideDestruction",
    "purgeBy",
    "@garim/duties",
  ),
  rule(
    "다른 법령에 따른 분리 보관",
    "Records another law keeps, stored apart",
    ["ecommerce/6", "electronic-finance/records"],
    "decideDestruction",
  ),
  rule(
    "유출의 통지, 신고, 게시와 침해사고 신고",
    "Breach: each data subject told, report, posting, intrusion",
    ["pipa/34-1", "pipa-decree/39", "pipa-decree/40", "network-act/intrusion"],
    "listBreachDuties",
    "@garim/duties",
  ),
  rule(
    "유출 통지의 내용(일곱 가지)",
    "Contents of the notice (seven)",
    ["pipa/34-1"],
    "listMissingContents",
    "NOTICE_WORDS",
  ),
  rule("유출 가능성의 통지", "Notice of a possible leak", ["pipa/34-2"], "listBreachDuties"),
  rule("통지문의 표현", "Wording of a notice", ["garim/wording"], "findSoftWords"),
  rule(
    "읽을 수 없거나 빠진 사실로는 공개하지 않음",
    "Unreadable, missing or hostile facts never reveal",
    ["garim/closed"],
    "decideDisclosure",
    "readLine",
    "readLines",
  ),
  rule(
    "판매자 담당자의 교육",
    "Seller's staff educated",
    ["code-2022/education"],
    "decideEducation",
    "decideEducated",
    "@garim/duties",
    "@garim/express",
  ),
  rule(
    "판매자 개인정보 처리방침의 공개",
    "Seller's privacy policy published",
    ["code-2022/privacy-policy"],
    "listPrivacyGaps",
    "decidePublication",
    "decidePublished",
    "@garim/duties",
    "@garim/express",
  ),
  rule(
    "제3자 제공, 위탁, 국외 이전의 구분과 근거",
    "Provision, outsourcing and overseas transfer told apart, each with its evidence",
    ["pipa/17", "pipa/26", "pipa/28-8"],
    "decideFlow",
    "decideOverseas",
    "listFlowGaps",
    "isFlowContradicted",
    "FLOW_ITEMS",
    "@garim/duties",
    "@garim/express",
  ),
]);
