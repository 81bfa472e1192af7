import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason of the matrix. */
export type DisclosureReason =
  | "purpose-open"
  | "claim-open"
  | "not-paid"
  | "purpose-ended"
  | "download-window-closed"
  | "tool-window-closed"
  | "claim-second-factor"
  | "role-lacks-field"
  | "facts-unreadable";

/** Why a field is shown, masked or withheld. */
export const DISCLOSURE_REASONS: Readonly<Record<DisclosureReason, ReasonEntry>> = Object.freeze({
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
      ko: "클레임 처리가 허용된 경우, 구매자나 운영자가 클레임을 접수하면 필요한 항목을 볼 수 있습니다.",
      en: "Where claims are provided for, one opened by the buyer or the operator shows what it needs.",
    },
  ),
  "download-window-closed": reason("code-2022/download", {
    ko: "구매확정 등으로 거래가 끝난 뒤 정해진 기간이 지나 내려받을 수 없습니다.",
    en: "The days after the purchase ended are over: no download.",
  }),
  "tool-window-closed": reason("code-2022/download", {
    ko: "구매확정 등으로 거래가 끝난 뒤 정해진 기간이 지나 제공하지 않습니다.",
    en: "The days after the purchase ended are over: nothing for tools.",
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
});
