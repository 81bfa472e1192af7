import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason about seller tools (셀러툴). */
export type ToolReason =
  | "granted"
  | "grant-missing"
  | "grant-revoked"
  | "grant-ended"
  | "grant-other-seller"
  | "grant-purpose"
  | "grant-lacks-field"
  | "grant-lacks-state"
  | "contract-missing"
  | "contract-ended";

/** Why a seller's tool gets data, or does not. */
export const TOOL_REASONS: Readonly<Record<ToolReason, ReasonEntry>> = Object.freeze({
  granted: reason("code-2022/tool", {
    ko: "판매자가 연동에 동의한 범위에서 제공합니다.",
    en: "Given within what the seller granted to the tool.",
  }),
  "grant-missing": reason(
    "code-2022/tool",
    {
      ko: "판매자가 이 셀러툴에 연동을 동의하지 않았습니다.",
      en: "The seller has granted this tool nothing.",
    },
    { ko: "판매자에게 연동 동의를 요청해 주세요.", en: "Ask the seller for a grant." },
  ),
  "grant-revoked": reason(
    "code-2022/tool",
    { ko: "판매자가 연동 동의를 철회했습니다.", en: "The seller revoked the grant." },
    { ko: "판매자에게 연동 동의를 다시 요청해 주세요.", en: "Ask the seller for a new grant." },
  ),
  "grant-ended": reason(
    "toolcode-2022/grant",
    { ko: "연동 동의 기간이 끝났습니다.", en: "The grant has ended." },
    { ko: "판매자에게 연동 동의를 다시 요청해 주세요.", en: "Ask the seller for a new grant." },
  ),
  "grant-other-seller": reason("code-2022/tool", {
    ko: "다른 판매자의 자료입니다.",
    en: "This belongs to a seller the grant does not cover.",
  }),
  "grant-purpose": reason(
    "pipa/26",
    { ko: "동의받은 목적이 아닙니다.", en: "The grant does not cover this purpose." },
    { ko: "판매자에게 이 목적의 연동 동의를 요청해 주세요.", en: "Ask the seller to grant this purpose." },
  ),
  "grant-lacks-field": reason(
    "toolcode-2022/grant",
    { ko: "연동 동의에 없는 항목이라 가려집니다.", en: "Masked: the grant does not include this field." },
    { ko: "판매자에게 이 항목의 연동 동의를 요청해 주세요.", en: "Ask the seller to grant this field." },
  ),
  "grant-lacks-state": reason(
    "toolcode-2022/grant",
    {
      ko: "연동 동의에 없는 주문 상태라 가려집니다.",
      en: "Masked: the grant does not cover orders in this state.",
    },
    {
      ko: "판매자에게 이 주문 상태의 연동 동의를 요청해 주세요.",
      en: "Ask the seller to grant this state of orders.",
    },
  ),
  "contract-missing": reason(
    "pipa/26",
    {
      ko: "위탁 계약이나 API 이용 계약이 없습니다.",
      en: "There is no outsourcing contract or API agreement on file.",
    },
    { ko: "계약을 등록해 주세요.", en: "Put the contract on file." },
  ),
  "contract-ended": reason(
    "pipa/26",
    {
      ko: "위탁 계약이나 API 이용 계약이 끝났습니다.",
      en: "The outsourcing contract or API agreement has ended.",
    },
    { ko: "계약을 갱신하여 등록해 주세요.", en: "Renew the contract and put it on file." },
  ),
});
