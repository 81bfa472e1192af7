import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason about who asks, from where and how. */
export type AccessReason =
  | "other-seller"
  | "not-logged-in"
  | "log-in-failed"
  | "log-in-again"
  | "session-idle"
  | "session-absolute"
  | "session-revoked"
  | "session-limit"
  | "seller-changed"
  | "roles-changed"
  | "factors-changed"
  | "session-unknown"
  | "second-factor-missing"
  | "second-factor-stale"
  | "second-factor-unenrolled"
  | "second-factor-enrolled"
  | "second-factor-wrong"
  | "account-locked"
  | "role-lacks-action"
  | "own-account"
  | "cross-site"
  | "search-personal"
  | "unavailable"
  | "answer-refused"
  | "second-factor-device"
  | "second-factor-network"
  | "second-factor-signal"
  | "challenge-void"
  | "challenge-expired"
  | "factor-disabled"
  | "factor-weak"
  | "factor-last"
  | "factor-limit"
  | "factor-unknown"
  | "factor-not-offered"
  | "message-limit"
  | "channel-failed"
  | "account-dormant"
  | "account-dismissed"
  | "network-list-missing"
  | "network-not-listed"
  | "download-purpose-missing"
  | "download-kinds-missing";

/** Why somebody is let in, asked for more, or refused. */
export const ACCESS_REASONS: Readonly<Record<AccessReason, ReasonEntry>> = Object.freeze({
  "other-seller": reason("notice-2026-9/5-1", {
    ko: "다른 판매자의 주문입니다.",
    en: "This belongs to another seller.",
  }),
  "not-logged-in": reason(
    "notice-2026-9/6-2",
    { ko: "로그인이 필요합니다.", en: "Log in first." },
    { ko: "로그인해 주세요.", en: "Log in." },
  ),
  "log-in-failed": reason(
    "notice-2026-9/5-6",
    { ko: "로그인에 실패했습니다.", en: "The log-in failed." },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
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
  "session-revoked": reason(
    "garim/closed",
    { ko: "접속 목록에서 이 접속을 끊었습니다.", en: "This session was ended from the list of sessions." },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "session-limit": reason(
    "garim/closed",
    {
      ko: "동시에 열 수 있는 접속 수를 넘어 가장 오래된 접속을 끊었습니다.",
      en: "The oldest session was ended: there were too many at one time.",
    },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "seller-changed": reason(
    "garim/closed",
    {
      ko: "다른 판매자를 선택하여 이전 판매자의 접속을 끊었습니다.",
      en: "Another seller was chosen, so the session for the one before has ended.",
    },
    { ko: "판매자를 다시 선택해 주세요.", en: "Choose the seller again." },
  ),
  "roles-changed": reason(
    "notice-2026-9/5-2",
    { ko: "권한이 바뀌어 접속을 끊었습니다.", en: "The session was ended because the roles changed." },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "factors-changed": reason(
    "garim/closed",
    {
      ko: "추가 인증 수단이 바뀌어 접속을 끊었습니다.",
      en: "The session was ended because the second factors changed.",
    },
    { ko: "다시 로그인해 주세요.", en: "Log in again." },
  ),
  "session-unknown": reason("garim/closed", {
    ko: "그런 접속이 없거나 이미 끝났습니다.",
    en: "There is no such session, or it has ended already.",
  }),
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
  "own-account": reason(
    "notice-2026-9/5-1",
    { ko: "본인 계정에는 이 작업을 할 수 없습니다.", en: "Nobody may do this to their own account." },
    {
      ko: "다른 대표 관리자나 운영자에게 요청해 주세요.",
      en: "Ask another owner of the shop, or the marketplace's operator.",
    },
  ),
  "search-personal": reason(
    "code-2022/mask",
    {
      ko: "가려질 수 있는 항목으로는 찾거나 정렬할 수 없습니다.",
      en: "Nothing can be searched or sorted by fields that may be masked.",
    },
    { ko: "주문번호나 상태로 찾아 주세요.", en: "Search by order number or state." },
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
  "second-factor-device": reason(
    "code-2022/second-factor",
    { ko: "새로운 기기에서 접속했습니다.", en: "This is a new device." },
    { ko: "이 기기에서 추가 인증을 해 주세요.", en: "Confirm the second factor on this device." },
  ),
  "second-factor-network": reason(
    "code-2022/second-factor",
    { ko: "새로운 네트워크에서 접속했습니다.", en: "This is a new network." },
    { ko: "추가 인증을 다시 해 주세요.", en: "Confirm the second factor again." },
  ),
  "second-factor-signal": reason(
    "notice-2026-9/6-1",
    { ko: "평소와 다른 접속이 감지되었습니다.", en: "Signs of somebody else were seen in this session." },
    { ko: "추가 인증을 다시 해 주세요.", en: "Confirm the second factor again." },
  ),
  "challenge-void": reason(
    "notice-2026-9/5-6",
    { ko: "여러 번 틀려 이 인증 요청을 더 쓸 수 없습니다.", en: "This challenge took too many wrong codes." },
    { ko: "인증을 처음부터 다시 시작해 주세요.", en: "Start the confirmation anew." },
  ),
  "challenge-expired": reason(
    "code-2022/second-factor",
    { ko: "인증 요청의 유효 시간이 지났습니다.", en: "This challenge has expired." },
    {
      ko: "새 인증번호를 받거나 인증을 처음부터 다시 시작해 주세요.",
      en: "Ask for a new code, or start the confirmation anew.",
    },
  ),
  "factor-disabled": reason(
    "notice-2026-9/5-6",
    {
      ko: "인증에 계속 실패하여 추가 인증 수단이 정지되었습니다.",
      en: "The second factor is disabled after too many wrong codes in a row.",
    },
    {
      ko: "운영자에게 본인 확인을 받고 다시 등록해 주세요.",
      en: "Have the operator verify you and enrol anew.",
    },
  ),
  "factor-weak": reason(
    "code-2022/second-factor",
    {
      ko: "메시지로 받은 인증번호로는 추가 인증 수단을 바꿀 수 없습니다.",
      en: "A code by message does not change second factors.",
    },
    {
      ko: "등록된 인증 앱, 패스키 또는 복구 코드로 인증해 주세요.",
      en: "Confirm with an enrolled app or passkey, or with a recovery code.",
    },
  ),
  "factor-last": reason(
    "code-2022/second-factor",
    { ko: "마지막 추가 인증 수단은 지울 수 없습니다.", en: "The last second factor cannot be removed." },
    { ko: "다른 수단을 먼저 등록해 주세요.", en: "Enrol another one first." },
  ),
  "factor-limit": reason(
    "code-2022/second-factor",
    { ko: "추가 인증 수단을 더 등록할 수 없습니다.", en: "No more second factors can be enrolled." },
    { ko: "쓰지 않는 수단을 먼저 지워 주세요.", en: "Remove one that is not used first." },
  ),
  "factor-unknown": reason("code-2022/second-factor", {
    ko: "그런 추가 인증 수단이 없습니다.",
    en: "There is no such second factor.",
  }),
  "factor-not-offered": reason(
    "code-2022/second-factor",
    { ko: "여기서는 제공하지 않는 인증 수단입니다.", en: "This kind of second factor is not offered here." },
    { ko: "다른 수단으로 인증해 주세요.", en: "Use another one." },
  ),
  "message-limit": reason(
    "code-2022/second-factor",
    { ko: "인증번호를 너무 여러 번 보냈습니다.", en: "Too many codes were sent." },
    {
      ko: "잠시 뒤 다시 요청하거나 다른 수단으로 인증해 주세요.",
      en: "Ask again in a while, or use another factor.",
    },
  ),
  "channel-failed": reason(
    "garim/closed",
    {
      ko: "인증번호를 보내거나 확인하지 못했습니다.",
      en: "The code could not be sent, or could not be checked.",
    },
    {
      ko: "잠시 뒤 다시 시도하거나 다른 수단으로 인증해 주세요.",
      en: "Try again in a moment, or use another factor.",
    },
  ),
  "account-dormant": reason(
    "notice-2026-9/5-2",
    {
      ko: "오래 사용하지 않아 권한이 말소되었습니다.",
      en: "The account's rights were removed: it was not used for long.",
    },
    {
      ko: "대표 관리자에게 권한을 다시 요청해 주세요.",
      en: "Ask the owner of the shop for the rights again.",
    },
  ),
  "account-dismissed": reason(
    "notice-2026-9/5-2",
    {
      ko: "업무에서 제외되어 더 이상 접속할 수 없습니다.",
      en: "The person was dismissed, so no session is opened.",
    },
    { ko: "대표 관리자에게 문의해 주세요.", en: "Ask the owner of the shop." },
  ),
  "network-list-missing": reason(
    "notice-2026-9/6-1",
    { ko: "접속을 허용할 IP 주소가 등록되지 않았습니다.", en: "No list of allowed addresses is registered." },
    { ko: "접속할 IP 주소를 등록해 주세요.", en: "Register the addresses to be used." },
  ),
  "network-not-listed": reason(
    "notice-2026-9/6-1",
    {
      ko: "허용되지 않은 네트워크에서 접속했습니다.",
      en: "This network is not on the list of allowed addresses.",
    },
    {
      ko: "등록된 네트워크에서 접속하거나 주소를 추가해 주세요.",
      en: "Use a registered network, or add this address.",
    },
  ),
  "download-purpose-missing": reason(
    "notice-2026-9/12",
    { ko: "내려받는 목적이 적혀 있지 않습니다.", en: "The download states no purpose." },
    { ko: "내려받는 목적을 적어 주세요.", en: "State the purpose of the download." },
  ),
  "download-kinds-missing": reason(
    "notice-2026-9/12",
    { ko: "내려받을 항목이 정해지지 않았습니다.", en: "The download chooses no fields." },
    { ko: "필요한 항목을 골라 주세요.", en: "Choose the fields that are needed." },
  ),
});
