import { wordsOf } from "../kit/words.ts";

/** What each page is for, by its path. */
export const PURPOSES: Readonly<Record<string, string>> = wordsOf<Record<string, string>>(
  {
    tools: "연동된 셀러툴이 무엇을 언제까지 읽는지 보고, 줄이거나 끝냅니다.",
    staff: "담당자의 권한, 인증 수단, 접속을 보고 정리합니다.",
    accesses: "우리 가게에서 누가 누구의 정보를 보았는지 봅니다.",
    downloads: "내려받은 파일과 파기 기한을 보고, 파기를 확인합니다.",
    education: "받아야 할 개인정보 교육과 기한을 보고, 마친 교육을 적습니다.",
    "privacy-policy": "우리 가게의 개인정보 처리방침을 쓰고 공개합니다.",
    flows: "구매자 정보가 누구에게 어떤 근거로 가는지, 빠진 것은 없는지 봅니다.",
    security: "내 인증 수단, 복구 코드, 접속 목록을 관리합니다.",
    "auditor/search": "누가 누구의 정보를 보았는지 찾고, 기록 한 건의 이유와 증명을 봅니다.",
    "auditor/charts": "언제 얼마나 보았는지, 자신의 지난 기간과 견주어 봅니다.",
    "auditor/review": "지난달의 접속기록과 내려받기를 점검하고 서명합니다.",
    "auditor/leak": "유출이 어디까지인지 세고, 법정 기한과 통지 초안을 봅니다.",
    my: "누가 내 정보를 언제 왜 보았는지 봅니다.",
  },
  {
    tools: "See what connected tools may read and until when; narrow or end it.",
    staff: "See and tidy rights, second factors and sessions of your staff.",
    accesses: "See who in your shop saw whose data.",
    downloads: "See downloaded files and until when to destroy them; confirm that you did.",
    education: "See which courses are due and by when; put down what is completed.",
    "privacy-policy": "Write your shop's privacy policy, and publish it.",
    flows: "See who gets buyers' data on which grounds, and what is incomplete.",
    security: "Manage your second factors, recovery codes and sessions.",
    "auditor/search": "Find who saw whose data; one record's reasons and its proof.",
    "auditor/charts": "See how much when, and compare somebody with their own past.",
    "auditor/review": "Check last month's access records and downloads, and sign.",
    "auditor/leak": "Count how far a leak reaches; the clocks of the law and drafts of the notice.",
    my: "See who looked at your data, when and why.",
  },
);
