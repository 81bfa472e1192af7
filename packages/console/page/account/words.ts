import { wordsOf } from "../kit/words.ts";

/** Words for second factors and sessions, one's own and those of staff. */
export const say = wordsOf(
  {
    factors: "추가 인증 수단",
    noFactors: "등록된 수단이 없습니다.",
    kinds: {
      totp: "인증 앱",
      passkey: "패스키",
      recovery: "복구 코드",
      message: "메시지 인증번호",
    } as Record<string, string>,
    added: "등록",
    lastUsed: "마지막 사용",
    never: "없음",
    sessions: "접속 목록",
    noSessions: "열린 접속이 없습니다.",
    network: "네트워크",
    opened: "시작",
    lastActivity: "마지막 활동",
    provedBy: "추가 인증",
    notProved: "아직 없음",
    thisSession: "이 접속",
    endSession: "접속 끝내기",
  },
  {
    factors: "Second factors",
    noFactors: "None is set up.",
    kinds: {
      totp: "Authenticator app",
      passkey: "Passkey",
      recovery: "Recovery code",
      message: "Code by message",
    },
    added: "Added",
    lastUsed: "Last used",
    never: "Never",
    sessions: "Sessions",
    noSessions: "No session is open.",
    network: "Network",
    opened: "Opened",
    lastActivity: "Last activity",
    provedBy: "Second factor",
    notProved: "Not yet",
    thisSession: "This one",
    endSession: "End session",
  },
);
