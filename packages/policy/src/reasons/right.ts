import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason about rights: of staff, lent for a time; of buyers, over their own data. */
export type RightReason =
  | "elevation-waiting"
  | "elevation-ended"
  | "elevation-role"
  | "elevation-running"
  | "request-access"
  | "request-change"
  | "request-suspension";

/** Why a role counts or not, and what a buyer is owed. */
export const RIGHT_REASONS: Readonly<Record<RightReason, ReasonEntry>> = Object.freeze({
  "elevation-waiting": reason(
    "garim/elevation",
    { ko: "임시 권한이 아직 승인되지 않았습니다.", en: "Nobody has agreed to lend this role yet." },
    {
      ko: "판매자의 다른 관리자나 운영자에게 승인을 요청해 주세요.",
      en: "Ask another who manages the seller's staff, or the marketplace's operator.",
    },
  ),
  "elevation-ended": reason(
    "garim/elevation",
    { ko: "임시 권한이 끝났습니다.", en: "The role was lent for a time, which is over." },
    { ko: "아직 필요하면 다시 요청해 주세요.", en: "Ask again where it is still needed." },
  ),
  "elevation-role": reason(
    "garim/elevation",
    {
      ko: "담당자, 인증 수단, 셀러툴을 관리하는 역할은 임시로 줄 수 없습니다.",
      en: "Only roles that view and download are lent, none that manages staff, factors or tools.",
    },
    { ko: "조회나 내려받기 역할을 골라 주세요.", en: "Choose a role that views or downloads." },
  ),
  "elevation-running": reason(
    "garim/elevation",
    { ko: "이미 받은 임시 권한이 끝나지 않았습니다.", en: "A role lent before has not ended yet." },
    { ko: "먼저 받은 권한을 끝내고 요청해 주세요.", en: "End that one first." },
  ),
  "request-access": reason(
    "pipa/35",
    {
      ko: "구매자의 개인정보 열람 요구에 답해야 합니다.",
      en: "A buyer asked to see the own data: it is to be answered.",
    },
    { ko: "열람하게 하거나, 거절하는 이유를 알려 주세요.", en: "Let the buyer see it, or say why not." },
  ),
  "request-change": reason(
    "pipa/36",
    {
      ko: "구매자의 개인정보 정정·삭제 요구에 답해야 합니다.",
      en: "A buyer asked to have data corrected or deleted: it is to be answered.",
    },
    { ko: "처리한 결과나 거절하는 이유를 알려 주세요.", en: "Say what was done, or why not." },
  ),
  "request-suspension": reason(
    "pipa/37",
    {
      ko: "구매자의 개인정보 처리정지 요구에 답해야 합니다.",
      en: "A buyer asked to have the use of data stopped: it is to be answered.",
    },
    { ko: "처리한 결과나 거절하는 이유를 알려 주세요.", en: "Say what was done, or why not." },
  ),
});
