/** Words of second factors, sessions and staff. */
export const SECURITY_WORDS = {
  "second-factor": ["추가 인증", "Second factor"],
  security: ["보안 설정", "Security"],
  refused: ["권한이 없습니다", "Not allowed"],
  "staff-desk": ["담당자 관리", "Staff"],
  stay: ["로그인 유지", "Stay signed in"],
  code: ["인증번호 여섯 자리", "Six-digit code"],
  "recovery-code": ["복구 코드", "Recovery code"],
  confirm: ["확인", "Confirm"],
  "go-on": ["계속", "Continue"],

  "enrol-why": [
    "구매자 정보를 보려면 추가 인증이 필요합니다. 쓸 수단을 한 번 등록해 주세요.",
    "Buyers' data needs a second factor. Enrol one of these, once.",
  ],
  "enrol-app": ["인증 앱 등록하기", "Enrol an authenticator app"],
  "enrol-passkey": ["패스키 등록하기", "Enrol a passkey"],
  "enrol-lead": [
    "인증 앱으로 QR 코드를 찍거나 아래 키를 입력한 뒤, 앱에 보이는 여섯 자리 숫자를 입력하세요.",
    "Scan the code with an authenticator app or enter the key below, then type the six digits it shows.",
  ],
  "enrol-key": ["키", "Key"],
  "enrol-open": ["이 기기의 인증 앱에서 열기", "Open in this device's app"],
  "step-up-lead": ["등록한 수단으로 본인임을 확인해 주세요.", "Confirm that it is you."],
  "use-passkey": ["패스키로 인증하기", "Use a passkey"],
  "use-recovery": ["복구 코드로 인증하기", "Use a recovery code"],
  "recovery-once": ["복구 코드는 하나를 한 번만 쓸 수 있습니다.", "Each recovery code works once."],
  "lost-factors": [
    "모두 잃어버렸다면 대표 관리자나 운영자에게 초기화를 요청하세요.",
    "Lost all of it? Ask the owner of the shop or the operator for a reset.",
  ],
  "locked-until": ["잠김, 풀리는 시각", "Locked until"],
  "locked-help": [
    "급하면 대표 관리자나 운영자에게 잠금 해제를 요청하세요.",
    "In a hurry? Ask the owner of the shop or the operator to unlock it.",
  ],
  disabled: ["정지됨", "Disabled"],
  "factors-disabled": ["인증에 계속 실패하여 정지되었습니다.", "Disabled after too many wrong codes."],
  "passkey-cancelled": [
    "패스키 인증이 취소되었거나 시간이 지났습니다. 다시 시도해 주세요.",
    "The passkey was cancelled or took too long. Try again.",
  ],
  "passkey-there": [
    "이 기기의 패스키는 이미 등록되어 있습니다.",
    "A passkey of this device is enrolled already.",
  ],

  "recovery-codes": ["복구 코드", "Recovery codes"],
  "recovery-lead": [
    "인증 수단을 잃어버렸을 때 씁니다. 지금 한 번만 보이니 복사하거나 인쇄해 안전한 곳에 두세요.",
    "For when a second factor is lost. They are shown only now: copy or print them, and keep them safe.",
  ],
  copy: ["복사", "Copy"],
  copied: ["복사했습니다.", "Copied."],
  print: ["인쇄", "Print"],
  "codes-kept": ["보관했습니다, 계속", "I have kept them"],
  "codes-left": ["남은 복구 코드", "Codes left"],
  "codes-why": ["다시 볼 수는 없고, 새로 만들 수만 있습니다.", "They cannot be shown again, only made anew."],
  "new-codes": ["새로 만들기", "Make new codes"],
  "new-codes-does": [
    "지금까지의 복구 코드는 모두 쓸 수 없게 됩니다.",
    "All recovery codes from before stop working.",
  ],

  factors: ["추가 인증 수단", "Second factors"],
  "factors-lead": [
    "수단을 추가하거나 지우면 다른 접속은 모두 끝납니다.",
    "Adding or removing one ends your other sessions.",
  ],
  "no-factors": ["등록된 수단이 없습니다.", "None is enrolled."],
  "factor-totp": ["인증 앱", "Authenticator app"],
  "factor-passkey": ["패스키", "Passkey"],
  "factor-recovery": ["복구 코드", "Recovery code"],
  "factor-message": ["메시지 인증번호", "Code by message"],
  "factor-name": ["이름", "Name"],
  "add-app": ["인증 앱 추가", "Add an app"],
  "add-passkey": ["패스키 추가", "Add a passkey"],
  added: ["등록", "Added"],
  "last-used": ["마지막 사용", "Last used"],
  never: ["없음", "Never"],
  rename: ["이름 바꾸기", "Rename"],
  remove: ["지우기", "Remove"],
  "remove-does": [
    "이 수단으로는 더 이상 인증할 수 없고, 다른 접속은 모두 끝납니다.",
    "It no longer works, and your other sessions end.",
  ],

  sessions: ["접속 목록", "Sessions"],
  "sessions-lead": ["모르는 접속이 있으면 바로 끝내세요.", "End what you do not know."],
  "no-sessions": ["열린 접속이 없습니다.", "No session is open."],
  network: ["네트워크", "Network"],
  opened: ["시작", "Opened"],
  "last-activity": ["마지막 활동", "Last activity"],
  "proved-by": ["추가 인증", "Second factor"],
  "not-proved": ["아직 없음", "Not yet"],
  "this-session": ["이 접속", "This one"],
  "end-session": ["접속 끝내기", "End"],
  "end-others": ["다른 접속 모두 끝내기", "End all others"],

  "staff-lead": [
    "담당자를 열어 보거나 여기서 한 일은 모두 접속기록에 남습니다.",
    "Looking at somebody's account is on record, and so is all that is done here.",
  ],
  "own-account": ["본인 계정은 여기서 바꿀 수 없습니다.", "Your own account is not changed here."],
  "is-done": ["처리했습니다.", "done."],
  unlock: ["잠금 해제", "Unlock"],
  "unlock-does": [
    "실패 횟수를 지우고 다시 인증할 수 있게 합니다. 등록된 수단은 그대로입니다.",
    "Lifts the lock and forgets the failed tries. Enrolled factors stay.",
  ],
  reset: ["인증 수단 초기화", "Reset factors"],
  "reset-does": [
    "등록된 수단과 복구 코드를 모두 지우고 접속을 모두 끝냅니다. 다음 로그인 때 새로 등록해야 하니, 본인이 맞는지 먼저 확인하세요.",
    "Removes every factor and recovery code and ends all sessions. Whoever logs in next enrols anew, so make sure first that it is really this person.",
  ],
  "end-sessions": ["접속 모두 끝내기", "End all sessions"],
  "end-sessions-does": [
    "열린 접속을 모두 끝냅니다. 다시 로그인할 수 있습니다.",
    "Ends every open session. The person can log in again.",
  ],
  dismiss: ["담당자 제외", "Dismiss"],
  "dismiss-does": [
    "열린 접속을 모두 끝내고, 복귀 처리할 때까지 접속하지 못하게 합니다.",
    "Ends every session and lets none open until the person is reinstated.",
  ],
  dismissed: ["업무에서 제외됨", "Dismissed"],
  dormant: ["휴면, 마지막 접속", "Dormant, last here"],
  reinstate: ["담당자 복귀", "Reinstate"],
  "reinstate-does": [
    "제외했던 담당자가 다시 로그인할 수 있게 합니다.",
    "Lets a dismissed person log in again.",
  ],
  reactivate: ["휴면 해제", "Reactivate"],
  "reactivate-does": [
    "오래 쓰지 않아 말소된 권한을 되살립니다. 아직 필요한 권한인지 확인하세요.",
    "Gives back rights that were removed because the account was not used. Make sure they are still needed.",
  ],

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
