import { numberText, wordsOf } from "../kit/words.ts";

export const say = wordsOf(
  {
    title: "자가점검",
    lead: "개인정보를 안전하게 다루고 있는지 스스로 묻는 항목입니다. 설정과 접속기록으로 알 수 있는 것은 저절로 채워지고, 나머지는 답해 주세요.",
    counts: (yes: number, no: number, open: number) =>
      `예 ${numberText(yes)}가지, 아니요 ${numberText(no)}가지, 답하지 않음 ${numberText(open)}가지`,
    print: "인쇄하기",
    plan: "내부 관리계획 인쇄하기",
    states: { yes: "예", no: "아니요", open: "답하지 않음" } as Readonly<Record<string, string>>,
    known: "설정과 기록으로 앎",
    next: "할 일",
    source: "근거",
    answerYes: "예",
    answerNo: "아니요",
    note: "그렇게 답하는 이유나 자료",
    answer: "답하기",
    answered: "적었습니다.",
    by: (who: string) => `${who}의 답`,
  },
  {
    title: "Self-check",
    lead: "What a shop has to be able to answer about its measures. What configuration and log know is filled in; answer the rest.",
    counts: (yes, no, open) =>
      `${numberText(yes)} yes, ${numberText(no)} no, ${numberText(open)} not answered`,
    print: "Print",
    plan: "Print the internal management plan",
    states: { yes: "Yes", no: "No", open: "Not answered" },
    known: "Known from configuration and log",
    next: "To do",
    source: "Rule",
    answerYes: "Yes",
    answerNo: "No",
    note: "Why, or what shows it",
    answer: "Answer",
    answered: "Put down.",
    by: (who) => `Answered by ${who}`,
  },
);
