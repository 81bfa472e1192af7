import { wordsOf } from "../kit/words.ts";

export const say = wordsOf(
  {
    title: "기다리는 일",
    lead: "파기, 확인, 구매자의 요구, 유출 대응, 셀러툴의 파기 확인처럼 기한이 있는 일을 한데 모아 보여 줍니다. 기한이 지난 것이 먼저입니다.",
    none: "기다리는 일이 없습니다.",
    what: "할 일",
    dueAt: "기한",
    overdue: "기한이 지남",
    soon: "기한이 가까움",
    noEnd: "기한 없음",
    about: "판매자",
    market: "마켓",
    where: "하는 곳",
    pages: { retention: "보관·파기", requests: "구매자 요구", leaks: "유출 대응" } as Readonly<
      Record<string, string>
    >,
    missing: "이 설치에서 아무도 하지 않는 일",
    plan: "내부 관리계획 인쇄하기",
  },
  {
    title: "What waits",
    lead: "Everything that has a time over all duties: destruction, its confirmation, buyers' requests, leaks, receipts of tools. What is overdue stands first.",
    none: "Nothing waits.",
    what: "What",
    dueAt: "Due by",
    overdue: "Overdue",
    soon: "Soon",
    noEnd: "no time",
    about: "Seller",
    market: "marketplace",
    where: "Where",
    pages: { retention: "Retention", requests: "Buyers' requests", leaks: "Breach desk" },
    missing: "What nobody does in this installation",
    plan: "Print the internal management plan",
  },
);
