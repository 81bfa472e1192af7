/** Words of second factors, sessions and staff. */
export const SECURITY_WORDS = {
  "tools-desk": ["셀러툴", "Tools"],
  "accesses-desk": ["열람 기록", "Who saw what"],
  "my-accesses": ["내 정보를 본 사람", "Who looked at my data"],
  "second-factor": ["추가 인증", "Second factor"],
  security: ["보안 설정", "Security"],
  refused: ["권한이 없습니다", "Not allowed"],
  "staff-desk": ["담당자 관리", "Staff"],
  stay: ["로그인 유지", "Stay signed in"],
  code: ["인증번호 여섯 자리", "Six-digit code"],
  confirm: ["확인", "Confirm"],

  copy: ["복사", "Copy"],
  copied: ["복사했습니다.", "Copied."],

  dismissed: ["업무에서 제외됨", "Dismissed"],

  "reason-second-factor-missing": [
    "구매자 정보를 보려면 추가 인증이 필요합니다.",
    "Buyers' data needs a second factor.",
  ],
  "reason-second-factor-stale": [
    "추가 인증을 한 지 오래되었습니다. 다시 인증해 주세요.",
    "The second factor is no longer fresh: confirm it again.",
  ],
  "reason-second-factor-device": [
    "새로운 기기입니다. 이 기기에서 추가 인증을 해 주세요.",
    "This is a new device: confirm the second factor on it.",
  ],
  "reason-second-factor-network": [
    "새로운 네트워크입니다. 추가 인증을 다시 해 주세요.",
    "This is a new network: confirm the second factor again.",
  ],
  "reason-second-factor-signal": [
    "평소와 다른 접속이 감지되었습니다. 추가 인증을 다시 해 주세요.",
    "Something unusual was noticed: confirm the second factor again.",
  ],
  "reason-not-logged-in": ["로그인이 필요합니다.", "Log in first."],
  "reason-log-in-again": ["접속이 끝났습니다. 다시 로그인해 주세요.", "The session has ended: log in again."],
  "reason-session-idle": [
    "일정 시간 사용하지 않아 접속이 끊겼습니다. 다시 로그인해 주세요.",
    "The session was cut off because it was idle: log in again.",
  ],
  "reason-session-absolute": [
    "접속 최대 시간이 지났습니다. 다시 로그인해 주세요.",
    "The session reached its longest time: log in again.",
  ],
  "reason-session-revoked": [
    "접속 목록에서 이 접속을 끝냈습니다. 다시 로그인해 주세요.",
    "This session was ended from the list: log in again.",
  ],
  "reason-session-limit": [
    "접속이 너무 많아 가장 오래된 접속을 끝냈습니다.",
    "There were too many sessions, so the oldest was ended.",
  ],
  "reason-seller-changed": ["다른 판매자를 선택해 접속이 끝났습니다.", "Another seller was chosen."],
  "reason-roles-changed": [
    "권한이 바뀌어 접속을 끝냈습니다. 다시 로그인해 주세요.",
    "Your roles changed: log in again.",
  ],
  "reason-factors-changed": [
    "추가 인증 수단이 바뀌어 접속을 끝냈습니다. 다시 로그인해 주세요.",
    "The second factors changed: log in again.",
  ],
  "reason-account-dismissed": [
    "업무에서 제외되어 접속할 수 없습니다. 대표 관리자에게 문의해 주세요.",
    "You were dismissed from this shop's work. Ask its owner.",
  ],
  "reason-role-lacks-action": [
    "이 화면을 볼 권한이 없습니다. 대표 관리자에게 권한을 요청하세요.",
    "Your role does not include this page. Ask the owner of the shop.",
  ],
  "reason-network-not-listed": [
    "허용되지 않은 주소에서 접속했습니다. 등록된 네트워크에서 다시 시도하세요.",
    "This address is not on the list. Try again from a network that is.",
  ],
  "reason-account-dormant": [
    "오래 사용하지 않아 권한이 말소되었습니다. 대표 관리자에게 요청해 주세요.",
    "The account was not used for long. Ask the owner of the shop for its rights.",
  ],
};
