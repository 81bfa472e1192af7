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
  | "contract-ended"
  | "token-invalid"
  | "token-expired"
  | "token-not-yet-valid"
  | "token-other-use"
  | "token-revoked";

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
  "token-invalid": reason(
    "code-2022/tool",
    { ko: "접근 토큰이 올바르지 않습니다.", en: "The access token is not valid." },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
  "token-expired": reason(
    "code-2022/tool",
    { ko: "접근 토큰이 만료되었습니다.", en: "The access token has expired." },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
  "token-not-yet-valid": reason(
    "code-2022/tool",
    { ko: "접근 토큰을 쓸 수 있는 시각이 아직 되지 않았습니다.", en: "The access token is not valid yet." },
    { ko: "잠시 뒤 다시 시도해 주세요.", en: "Try again in a moment." },
  ),
  "token-other-use": reason(
    "code-2022/tool",
    {
      ko: "다른 용도나 다른 서비스에 쓰도록 발급된 토큰입니다.",
      en: "The token was issued for another use, or for another service.",
    },
    { ko: "이 API에 쓸 접근 토큰을 발급받아 주세요.", en: "Get an access token for this API." },
  ),
  "token-revoked": reason(
    "code-2022/tool",
    {
      ko: "취소되었거나 발급 기록이 없는 접근 토큰입니다.",
      en: "The access token was revoked, or its issue is not on record.",
    },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
});
