import { numberText, wordsOf } from "../kit/words.ts";

/** Words of one's own security page. */
export const say = wordsOf(
  {
    title: "보안 설정",
    factorsLead: "수단을 추가하거나 지우면 다른 접속은 모두 끝납니다.",
    addApp: "인증 앱 추가",
    addPasskey: "패스키 추가",
    name: "이름",
    next: "계속",
    rename: "이름 바꾸기",
    remove: "지우기",
    removeDoes: "이 수단으로는 더 이상 인증할 수 없고, 다른 접속은 모두 끝납니다.",
    codes: "복구 코드",
    codesLeft: (left: number) =>
      `남은 복구 코드: ${numberText(left)}개. 다시 볼 수는 없고, 새로 만들 수만 있습니다.`,
    newCodes: "새로 만들기",
    newCodesDoes: "지금까지의 복구 코드는 모두 쓸 수 없게 됩니다.",
    kept: "보관했습니다",
    sessionsLead: "모르는 접속이 있으면 바로 끝내세요.",
    endOthers: "다른 접속 모두 끝내기",
  },
  {
    title: "My security",
    factorsLead: "Adding or removing one ends your other sessions.",
    addApp: "Add an app",
    addPasskey: "Add a passkey",
    name: "Name",
    next: "Continue",
    rename: "Rename",
    remove: "Remove",
    removeDoes: "It no longer works, and your other sessions end.",
    codes: "Recovery codes",
    codesLeft: (left) =>
      `${numberText(left)} recovery codes left. They cannot be shown again, only made anew.`,
    newCodes: "Make new codes",
    newCodesDoes: "All recovery codes from before stop working.",
    kept: "I kept them",
    sessionsLead: "End what you do not know.",
    endOthers: "End all others",
  },
);
