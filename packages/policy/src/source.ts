/** How binding a rule is. `ours`: neither law nor code gives it; docs must say so. */
export type Basis = "law" | "code" | "ours";

/** The id of a rule's source. */
export type SourceId =
  | "code-2022/mask"
  | "code-2022/download"
  | "code-2022/second-factor"
  | "code-2022/idle"
  | "notice-2026-9/5-1"
  | "notice-2026-9/5-6"
  | "notice-2026-9/6-2"
  | "notice-2026-9/6-4"
  | "notice-2026-9/8-1"
  | "pipa/17"
  | "pipa/21"
  | "ecommerce/17-3"
  | "garim/absolute"
  | "garim/closed";

export interface SourceEntry {
  readonly basis: Basis;
  readonly ko: string;
  readonly en: string;
}

const entry = (basis: Basis, ko: string, en: string): SourceEntry => Object.freeze({ basis, ko, en });

/**
 * Where each rule comes from. The self-regulation code is cited by subject: its article text is not public.
 * The ids stand in decisions, records, tests and docs.
 */
export const SOURCES: Readonly<Record<SourceId, SourceEntry>> = Object.freeze({
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
  "notice-2026-9/5-1": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제1항: 접근 권한의 차등 부여",
    "Safety-measures notice, article 5(1): differentiated rights",
  ),
  "notice-2026-9/5-6": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제5조 제6항: 인증 실패 시 접근 제한",
    "Safety-measures notice, article 5(6): lock-out after failed authentications",
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
  "notice-2026-9/8-1": entry(
    "law",
    "개인정보의 안전성 확보조치 기준 제8조 제1항: 접속기록의 보관",
    "Safety-measures notice, article 8(1): access records are kept",
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
  "ecommerce/17-3": entry(
    "ours",
    "당사 기본값(법에 정함 없음), 전자상거래법 제17조 제3항 참조: 청구 처리에 필요한 항목",
    "Our default (no published exception), with e-commerce act article 17(3): what a claim needs",
  ),
  "garim/absolute": entry(
    "ours",
    "당사 기본값(법에 정함 없음, NIST 800-63B-4 참조): 접속 최대 시간",
    "Our default (no number in law; NIST 800-63B-4): absolute session length",
  ),
  "garim/closed": entry("ours", "당사 원칙: 확인할 수 없으면 닫는다", "Our principle: closed when in doubt"),
});
