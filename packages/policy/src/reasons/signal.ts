import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a sign that somebody else uses a worker's name. It is why a signal is on record. */
export type SignalReason =
  | "new-device"
  | "new-network"
  | "impossible-hop"
  | "credential-stuffing"
  | "shared-password";

/** What was noticed. */
export const SIGNAL_REASONS: Readonly<Record<SignalReason, ReasonEntry>> = Object.freeze({
  "new-device": reason("notice-2026-9/6-1", {
    ko: "처음 보는 기기에서 접속했습니다.",
    en: "Seen on a device not known before.",
  }),
  "new-network": reason("notice-2026-9/6-1", {
    ko: "처음 보는 네트워크에서 접속했습니다.",
    en: "Seen in a network not known before.",
  }),
  "impossible-hop": reason("notice-2026-9/6-1", {
    ko: "짧은 시간에 이동할 수 없는 곳에서 접속했습니다.",
    en: "Seen too far away too soon.",
  }),
  "credential-stuffing": reason("notice-2026-9/6-1", {
    ko: "한 네트워크에서 여러 계정의 인증이 잇달아 실패했습니다.",
    en: "Many accounts failed to authenticate from one network.",
  }),
  "shared-password": reason(
    "code-2022/tool",
    {
      ko: "한곳에서 여러 판매자의 계정으로 로그인했습니다. 비밀번호를 맡긴 셀러툴로 보입니다.",
      en: "One origin logged in to many sellers: a tool that holds their passwords.",
    },
    {
      ko: "판매자에게 연동 동의를 받아 셀러툴의 계정으로 접속해 주세요.",
      en: "Get grants from the sellers, and use the tool's own account.",
    },
  ),
});
