/** How binding a rule is. `ours`: neither law nor code gives it; docs must say so. */
export type Basis = "law" | "code" | "ours";

/** The id of a rule's source. */
export type SourceId =
  | "code-2022/mask"
  | "code-2022/download"
  | "code-2022/second-factor"
  | "code-2022/idle"
  | "code-2022/tool"
  | "code-2022/education"
  | "code-2022/privacy-policy"
  | "toolcode-2022/grant"
  | "notice-2026-9/5-1"
  | "notice-2026-9/5-2"
  | "notice-2026-9/5-3"
  | "notice-2026-9/5-4"
  | "notice-2026-9/5-6"
  | "notice-2026-9/6-1"
  | "notice-2026-9/6-2"
  | "notice-2026-9/6-4"
  | "notice-2026-9/7-5"
  | "notice-2026-9/8-1"
  | "notice-2026-9/8-2"
  | "notice-2026-9/12"
  | "pipa/17"
  | "pipa/21"
  | "pipa/26"
  | "pipa/28-8"
  | "pipa/29"
  | "pipa/34-1"
  | "pipa/34-2"
  | "pipa/35"
  | "pipa/36"
  | "pipa/37"
  | "pipa-decree/39"
  | "pipa-decree/40"
  | "network-act/intrusion"
  | "ecommerce/6"
  | "ecommerce/17-3"
  | "electronic-finance/records"
  | "garim/absolute"
  | "garim/closed"
  | "garim/download"
  | "garim/elevation"
  | "garim/hold"
  | "garim/wording";

export interface SourceEntry {
  readonly basis: Basis;
  readonly ko: string;
  readonly en: string;
  /**
   * Since when the text that is meant binds whom it is encoded for, `YYYY-MM-DD` in Korea: of a code, when it was resolved. `null` for
   * what is ours, and where the text was not read for its date.
   */
  readonly since: string | null;
}

/** Families whose articles have one date. */
const SINCE: Readonly<Record<string, string>> = {
  "code-2022": "2022-07-13",
  "toolcode-2022": "2022-09-28",
  "notice-2026-9": "2026-07-01",
  pipa: "2026-09-11",
  "pipa-decree": "2026-09-11",
};

/** Paragraphs of the notice that bind everybody who works in the system, sellers included, only since later. */
const SINCE_FOR_ALL = "2026-10-31";
const FOR_ALL: ReadonlySet<string> = new Set(
  ["5-1", "5-6", "6-2", "8-1", "8-2"].map((one) => `notice-2026-9/${one}`),
);

type Said = Omit<SourceEntry, "since">;

const entry = (basis: Basis, ko: string, en: string): Said => ({ basis, ko, en });

function dated(sources: Readonly<Record<SourceId, Said>>): Readonly<Record<SourceId, SourceEntry>> {
  const all = Object.entries(sources).map(([id, said]) => {
    const [family = ""] = id.split("/");
    const since = said.basis === "ours" ? null : FOR_ALL.has(id) ? SINCE_FOR_ALL : (SINCE[family] ?? null);
    return [id, Object.freeze({ ...said, since })] as const;
  });
  return Object.freeze(Object.fromEntries(all) as Record<SourceId, SourceEntry>);
}

/**
 * Where each rule comes from. The self-regulation code is cited by subject: its article text is not public.
 * The ids stand in decisions, records, tests and docs.
 */
export const SOURCES: Readonly<Record<SourceId, SourceEntry>> = dated({
  "code-2022/mask": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 구매확정 후 표시 제한",
    "Open-market self-regulation code (2022-07-13): masking once the purchase is confirmed",
  ),
  "code-2022/download": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 구매확정 90일 후 내려받기 종료",
    "Open-market self-regulation code (2022-07-13): downloads end 90 days after confirmation",
  ),
  "code-2022/second-factor": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 판매자 추가 인증",
    "Open-market self-regulation code (2022-07-13): second factor for sellers",
  ),
  "code-2022/idle": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 미사용 시 접속 차단",
    "Open-market self-regulation code (2022-07-13): idle sessions are cut off",
  ),
  "code-2022/tool": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 셀러툴과 판매자의 확인",
    "Open-market self-regulation code (2022-07-13): a tool and the seller it serves are both verified",
  ),
  "code-2022/education": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 판매자 담당자의 교육",
    "Open-market self-regulation code (2022-07-13): sellers' staff are educated",
  ),
  "code-2022/privacy-policy": entry(
    "code",
    "오픈마켓 민관협력 자율규제 규약(2022-07-13): 판매자 개인정보 처리방침의 공개",
    "Open-market self-regulation code (2022-07-13): sellers publish their privacy policies",
  ),
  "toolcode-2022/grant": entry(
    "code",
    "셀러툴 자율규제 규약(2022-09-28): 연동 동의와 계약",
    "Seller-tool self-regulation code (2022-09-28): grants and agreements",
  ),
  "notice-2026-9/5-1": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제1항: 접근 권한의 차등 부여",
    "Safety-measures notice, article 5(1): differentiated rights",
  ),
  "notice-2026-9/5-2": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제2항: 지체 없는 접근 권한의 변경·말소",
    "Safety-measures notice, article 5(2): rights are changed and removed without delay",
  ),
  "notice-2026-9/5-3": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제3항: 접근 권한 부여·변경·말소 내역의 보관",
    "Safety-measures notice, article 5(3): the history of rights is kept",
  ),
  "notice-2026-9/5-4": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제4항: 한 사람에 하나의 계정",
    "Safety-measures notice, article 5(4): one account per person",
  ),
  "notice-2026-9/5-6": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제6항: 인증 실패 시 접근 제한",
    "Safety-measures notice, article 5(6): lock-out after failed authentications",
  ),
  "notice-2026-9/6-1": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제6조 제1항: IP 주소 등에 의한 접속 제한",
    "Safety-measures notice, article 6(1): access limited by IP address and the like",
  ),
  "notice-2026-9/6-2": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제6조 제2항: 안전한 인증수단",
    "Safety-measures notice, article 6(2): secure means of authentication",
  ),
  "notice-2026-9/6-4": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제6조 제4항: 일정 시간 미사용 시 접속 차단",
    "Safety-measures notice, article 6(4): idle sessions are cut off",
  ),
  "notice-2026-9/7-5": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제7조 제5항: 저장 시 암호화",
    "Safety-measures notice, article 7(5): stored files are encrypted",
  ),
  "notice-2026-9/8-1": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제8조 제1항: 접속기록의 보관",
    "Safety-measures notice, article 8(1): access records are kept",
  ),
  "notice-2026-9/8-2": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제8조 제2항: 접속기록과 내려받기의 점검",
    "Safety-measures notice, article 8(2): access records and downloads are reviewed",
  ),
  "notice-2026-9/12": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제12조: 출력·복사물의 용도와 항목",
    "Safety-measures notice, article 12: purpose and fields of copies",
  ),
  "pipa/17": entry(
    "law",
    "개인정보 보호법 제17조: 제3자 제공",
    "PIPA article 17: provision to third parties",
  ),
  "pipa/21": entry(
    "law",
    "개인정보 보호법 제21조: 목적을 다한 개인정보",
    "PIPA article 21: data whose purpose is fulfilled",
  ),
  "pipa/26": entry("law", "개인정보 보호법 제26조: 처리 위탁", "PIPA article 26: outsourcing"),
  "pipa/28-8": entry(
    "law",
    "개인정보 보호법 제28조의8: 개인정보의 국외 이전",
    "PIPA article 28-8: transfer overseas",
  ),
  "pipa/29": entry("law", "개인정보 보호법 제29조: 안전조치의무", "PIPA article 29: duty of safety measures"),
  "pipa/34-1": entry(
    "law",
    "개인정보 보호법 제34조 제1항: 유출 통지",
    "PIPA article 34(1): notice of a leak",
  ),
  "pipa/34-2": entry(
    "law",
    "개인정보 보호법 제34조 제2항: 유출 가능성의 통지",
    "PIPA article 34(2): notice of a possible leak",
  ),
  "pipa/35": entry(
    "law",
    "개인정보 보호법 제35조와 시행령 제41조: 개인정보의 열람(10일 이내)",
    "PIPA article 35 and decree article 41: access to one's own data, within 10 days",
  ),
  "pipa/36": entry(
    "law",
    "개인정보 보호법 제36조와 시행령 제43조: 개인정보의 정정·삭제(10일 이내)",
    "PIPA article 36 and decree article 43: correction and deletion, within 10 days",
  ),
  "pipa/37": entry(
    "law",
    "개인정보 보호법 제37조와 시행령 제44조: 개인정보의 처리정지(10일 이내)",
    "PIPA article 37 and decree article 44: suspension of processing, within 10 days",
  ),
  "pipa-decree/39": entry(
    "law",
    "개인정보 보호법 시행령 제39조: 통지의 시기와 방법",
    "PIPA decree article 39: when and how a leak is notified",
  ),
  "pipa-decree/40": entry(
    "law",
    "개인정보 보호법 시행령 제40조: 유출 신고",
    "PIPA decree article 40: report of a leak",
  ),
  "network-act/intrusion": entry("law", "정보통신망법: 침해사고 신고", "Network act: report of an intrusion"),
  "ecommerce/6": entry(
    "law",
    "전자상거래법 제6조: 거래기록의 보존",
    "E-commerce act article 6: records of transactions",
  ),
  "ecommerce/17-3": entry(
    "ours",
    "당사 기본값(법에 정함 없음), 전자상거래법 제17조 제3항 참조: 청구 처리에 필요한 항목",
    "Our default (no published exception), with e-commerce act article 17(3): what a claim needs",
  ),
  "electronic-finance/records": entry(
    "law",
    "전자금융거래법: 전자금융거래기록의 보존",
    "Electronic financial transactions act: records of payments",
  ),
  "garim/absolute": entry(
    "ours",
    "당사 기본값(법에 정함 없음, NIST 800-63B-4 참조): 접속 최대 시간",
    "Our default (no number in law; NIST 800-63B-4): absolute session length",
  ),
  "garim/closed": entry("ours", "당사 원칙: 확인할 수 없으면 닫는다", "Our principle: closed when in doubt"),
  "garim/download": entry(
    "ours",
    "당사 기본값(법에 정함 없음): 내려받기의 하루 한도와 승인, 파일의 수령 기한",
    "Our default (no number in law): limits of a day's downloads, consent above them, and how long a file waits",
  ),
  "garim/elevation": entry(
    "ours",
    "당사 기본값(법에 정함 없음): 다른 사람이 승인한 임시 권한과 그 시간",
    "Our default (no number in law): a role lent for hours, with the consent of another person",
  ),
  "garim/hold": entry(
    "ours",
    "당사 원칙: 보존 요청이 있으면 파기하지 않는다",
    "Our principle: what is under a legal hold is not destroyed",
  ),
  "garim/wording": entry(
    "ours",
    "당사 기준(2025년 이후 실무): 통지문은 유출이라 쓴다",
    "Our rule, from practice after 2025: a notice says leak",
  ),
});
