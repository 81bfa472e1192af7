import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a sign that somebody else uses a worker's name. It is why a signal is on record. */
export type SignalReason =
  | "new-device"
  | "new-network"
  | "impossible-hop"
  | "credential-stuffing"
  | "shared-password"
  | "watch-volume"
  | "watch-subjects"
  | "watch-sequence"
  | "watch-off-hours"
  | "watch-new-network"
  | "watch-dormant"
  | "watch-canary"
  | "watch-failures"
  | "watch-many-users"
  | "watch-throttled";

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
  "watch-volume": reason("notice-2026-9/6-1", {
    ko: "평소보다 훨씬 많은 구매자 정보를 한 시간 안에 보았습니다.",
    en: "Far more buyers' data than usual was shown within an hour.",
  }),
  "watch-subjects": reason("notice-2026-9/6-1", {
    ko: "하루 동안 평소보다 훨씬 많은 구매자의 정보를 보았습니다.",
    en: "Data of far more buyers than usual was shown in a day.",
  }),
  "watch-sequence": reason("notice-2026-9/6-1", {
    ko: "주문번호를 차례로 조회했습니다.",
    en: "Order numbers were asked for one after the other.",
  }),
  "watch-off-hours": reason("notice-2026-9/6-1", {
    ko: "평소에 일하지 않던 밤에 구매자 정보를 보았습니다.",
    en: "Buyers' data was shown at night to somebody who does not work then.",
  }),
  "watch-new-network": reason("notice-2026-9/6-1", {
    ko: "처음 보는 네트워크에서 많은 구매자의 정보를 보았습니다.",
    en: "Data of many buyers was shown in a network not known before.",
  }),
  "watch-dormant": reason("notice-2026-9/6-1", {
    ko: "오래 쓰지 않던 계정이 많은 구매자의 정보를 보았습니다.",
    en: "An account that was quiet for long was shown the data of many buyers.",
  }),
  "watch-canary": reason("notice-2026-9/6-1", {
    ko: "아무에게도 없는 주문을 보았습니다. 훑어보는 것으로 보입니다.",
    en: "An order that exists for nobody was shown: somebody is looking around.",
  }),
  "watch-failures": reason("notice-2026-9/6-1", {
    ko: "인증 실패가 잇달았습니다.",
    en: "Many authentications failed.",
  }),
  "watch-many-users": reason("notice-2026-9/6-1", {
    ko: "한 키나 네트워크가 많은 계정의 정보를 조금씩 보았습니다.",
    en: "One key or network read a little of very many accounts.",
  }),
  "watch-throttled": reason(
    "notice-2026-9/6-1",
    {
      ko: "평소와 다른 조회가 감지되어 잠시 제한했습니다.",
      en: "Unusual requests were seen, so fewer are answered for a while.",
    },
    {
      ko: "잠시 뒤 다시 시도하거나 운영자에게 문의해 주세요.",
      en: "Try again in a while, or ask the marketplace's operator.",
    },
  ),
});
