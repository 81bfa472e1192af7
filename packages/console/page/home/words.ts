import { wordsOf } from "../kit/words.ts";

/** What each page is for, by its path. */
export const PURPOSES: Readonly<Record<string, string>> = wordsOf<Record<string, string>>(
  {
    tools: "연동된 셀러툴이 무엇을 언제까지 읽는지 보고, 줄이거나 끝냅니다.",
    staff: "담당자의 권한, 인증 수단, 접속을 보고 정리합니다.",
    accesses: "우리 가게에서 누가 누구의 정보를 보았는지 봅니다.",
    downloads: "내려받은 파일과 파기 기한을 보고, 파기를 확인합니다.",
    security: "내 인증 수단, 복구 코드, 접속 목록을 관리합니다.",
    my: "누가 내 정보를 언제 왜 보았는지 봅니다.",
  },
  {
    tools: "See what connected tools may read and until when; narrow or end it.",
    staff: "See and tidy rights, second factors and sessions of your staff.",
    accesses: "See who in your shop saw whose data.",
    downloads: "See downloaded files and until when to destroy them; confirm that you did.",
    security: "Manage your second factors, recovery codes and sessions.",
    my: "See who looked at your data, when and why.",
  },
);
