import type { SourceId } from "./source.ts";

/** Words for a person, in both languages. */
export interface Words {
  readonly ko: string;
  readonly en: string;
}

/** The code of a reason. */
export type Reason =
  | "purpose-open"
  | "claim-open"
  | "not-paid"
  | "purpose-ended"
  | "download-window-closed"
  | "tool-window-closed"
  | "claim-second-factor"
  | "role-lacks-field"
  | "facts-unreadable"
  | "other-seller"
  | "not-logged-in"
  | "log-in-again"
  | "session-idle"
  | "session-absolute"
  | "second-factor-missing"
  | "second-factor-stale"
  | "second-factor-unenrolled"
  | "second-factor-enrolled"
  | "second-factor-wrong"
  | "account-locked"
  | "role-lacks-action"
  | "cross-site"
  | "unavailable"
  | "answer-refused";

export interface ReasonEntry {
  readonly source: SourceId;
  /** What happened, for the person who asked. */
  readonly because: Words;
  /** What would lift it; none where nothing does. */
  readonly remedy: Words | null;
}

const reason = (source: SourceId, because: Words, remedy: Words | null = null): ReasonEntry =>
  Object.freeze({ source, because: Object.freeze(because), remedy: remedy && Object.freeze(remedy) });

/** Every reason a decision can have: the code programs read, its source, and the words people read. */
export const REASONS: Readonly<Record<Reason, ReasonEntry>> = Object.freeze({
  "purpose-open": reason("pipa/17", {
    ko: "거래가 진행 중이라 필요한 항목을 볼 수 있습니다.",
    en: "The order is still being fulfilled, so what it needs is shown.",
  }),
  "claim-open": reason("ecommerce/17-3", {
    ko: "처리 중인 클레임에 필요한 항목만 볼 수 있습니다.",
    en: "A claim is open, so what it needs is shown.",
  }),
  "not-paid": reason(
    "pipa/17",
    { ko: "결제 전이라 가려집니다.", en: "Masked: the order is not paid." },
    { ko: "결제가 끝나면 볼 수 있습니다.", en: "It is shown once the buyer has paid." },
  ),
  "purpose-ended": reason(
    "code-2022/mask",
    {
      ko: "구매확정 등으로 거래가 끝나 가려집니다.",
      en: "Masked: the purchase is confirmed or otherwise ended.",
    },
    {
      ko: "구매자나 운영자가 클레임을 접수하면 필요한 항목을 볼 수 있습니다.",
      en: "A claim opened by the buyer or the operator shows what it needs.",
    },
  ),
  "download-window-closed": reason("code-2022/download", {
    ko: "구매확정 후 90일이 지나 내려받을 수 없습니다.",
    en: "More than 90 days after confirmation: no download.",
  }),
  "tool-window-closed": reason("code-2022/download", {
    ko: "구매확정 후 90일이 지나 제공하지 않습니다.",
    en: "More than 90 days after confirmation: nothing for tools.",
  }),
  "claim-second-factor": reason(
    "notice-2026-9/6-2",
    {
      ko: "클레임에 필요한 항목을 보려면 추가 인증이 다시 필요합니다.",
      en: "Masked: what the claim needs is shown after a fresh second factor.",
    },
    { ko: "추가 인증을 다시 해 주세요.", en: "Confirm the second factor again." },
  ),
  "role-lacks-field": reason(
    "notice-2026-9/5-1",
    { ko: "담당자 권한에 없는 항목이라 가려집니다.", en: "Masked: your role does not include this field." },
    { ko: "대표 관리자에게 권한을 요청해 주세요.", en: "Ask the owner of the shop for the right." },
  ),
  "facts-unreadable": reason(
    "garim/closed",
    { ko: "주문 상태를 확인할 수 없어 가려집니다.", en: "Masked: the state of the order cannot be read." },
    { ko: "운영자에게 알려 주세요.", en: "Tell the marketplace's operator." },
  ),
  "other-seller": reason("notice-2026-9/5-1", {
    ko: "다른 판매자의 주문입니다.",
    en: "This belongs to another seller.",
  }),
  "not-logged-in": reason(
    "notice-2026-9/6-2",
    { ko: "로그인이 필요합니다.", en: "Log in first." },
    { ko: "로그인해 주세요.", en: "Log in." },
  ),
  "log-in-again": reason(
    "notice-2026-9/6-4",
    {
      ko: "이 로그인으로 연 접속이 끝났습니다. 처음과 같이 다시 로그인해 주세요.",
      en: "The session of this log-in has ended. Log in again as at first.",
    },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "session-idle": reason(
    "notice-2026-9/6-4",
    { ko: "일정 시간 사용하지 않아 접속이 끊겼습니다.", en: "The session was cut off because it was idle." },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "session-absolute": reason(
    "garim/absolute",
    { ko: "접속 최대 시간이 지나 접속이 끊겼습니다.", en: "The session reached its longest time." },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "second-factor-missing": reason(
    "code-2022/second-factor",
    { ko: "구매자 정보를 보려면 추가 인증이 필요합니다.", en: "Buyers' data needs a second factor." },
    { ko: "추가 인증을 해 주세요.", en: "Confirm the second factor." },
  ),
  "second-factor-stale": reason(
    "code-2022/second-factor",
    { ko: "추가 인증을 한 지 오래되었습니다.", en: "The second factor is no longer fresh." },
    { ko: "추가 인증을 다시 해 주세요.", en: "Confirm the second factor again." },
  ),
  "second-factor-unenrolled": reason(
    "code-2022/second-factor",
    { ko: "등록된 추가 인증 수단이 없습니다.", en: "No second factor is enrolled." },
    { ko: "추가 인증 수단을 먼저 등록해 주세요.", en: "Enrol a second factor first." },
  ),
  "second-factor-enrolled": reason(
    "notice-2026-9/6-2",
    { ko: "이미 등록된 추가 인증 수단이 있습니다.", en: "A second factor is enrolled already." },
    { ko: "등록된 수단으로 인증해 주세요.", en: "Confirm the second factor you have." },
  ),
  "second-factor-wrong": reason(
    "notice-2026-9/5-6",
    { ko: "인증번호가 맞지 않습니다.", en: "The code is not right." },
    { ko: "새 인증번호를 입력해 주세요.", en: "Enter a new code." },
  ),
  "account-locked": reason(
    "notice-2026-9/5-6",
    { ko: "인증에 여러 번 실패하여 잠겼습니다.", en: "Locked after several failed authentications." },
    { ko: "잠금 시간이 지난 뒤 다시 시도해 주세요.", en: "Try again when the lock has ended." },
  ),
  "role-lacks-action": reason(
    "notice-2026-9/5-1",
    { ko: "이 작업을 할 권한이 없습니다.", en: "Your role may not do this." },
    { ko: "대표 관리자에게 권한을 요청해 주세요.", en: "Ask the owner of the shop for the right." },
  ),
  "cross-site": reason(
    "garim/closed",
    { ko: "다른 사이트에서 온 요청이라 거절했습니다.", en: "Refused: the request came from another site." },
    { ko: "이 사이트의 화면에서 다시 해 주세요.", en: "Do it from this site's own page." },
  ),
  unavailable: reason(
    "garim/closed",
    {
      ko: "접속기록이나 상태를 저장할 수 없어 보여 드릴 수 없습니다.",
      en: "Nothing is shown while the record or the state cannot be stored.",
    },
    { ko: "잠시 뒤 다시 시도해 주세요.", en: "Try again in a moment." },
  ),
  "answer-refused": reason(
    "garim/closed",
    {
      ko: "보호된 경로가 정해지지 않은 방식으로 응답하려 해서 막았습니다.",
      en: "The guarded route tried to answer in a way that is not declared.",
    },
    { ko: "운영자에게 알려 주세요.", en: "Tell the marketplace's operator." },
  ),
});
