import { numberText, wordsOf } from "../kit/words.ts";

/** Words of the page of what a shop's people and tools saw. */
export const say = wordsOf(
  {
    title: "우리 가게의 열람 기록",
    lead: "우리 가게의 담당자와 셀러툴이 구매자 정보를 언제, 왜, 얼마나 보았는지 보여 줍니다. 이 화면을 보는 것도 기록됩니다.",
    who: "담당자 또는 셀러툴 아이디",
    what: "무엇을",
    all: "모두",
    seen: "조회와 내려받기",
    refused: "거절된 것",
    from: "시작일",
    to: "종료일",
    find: "찾기",
    none: "이 조건에 맞는 기록이 없습니다.",
    damaged: (count: number) =>
      `읽을 수 없는 기록이 ${numberText(count)}건 있습니다. 운영자에게 알려 주세요.`,
    when: "일시",
    action: "한 일",
    outcome: "결과",
    subjects: "정보주체",
    amount: (subjects: number, clear: number, masked: number) =>
      `${numberText(subjects)}명 (공개 ${numberText(clear)}건, 가림 ${numberText(masked)}건)`,
    purpose: "목적",
    place: "접속지",
  },
  {
    title: "Who in my shop saw what",
    lead: "When, why and how much of buyers' data your staff and tools saw. Looking at this page is on record, too.",
    who: "Id of staff or tool",
    what: "What",
    all: "Everything",
    seen: "Views and downloads",
    refused: "What was refused",
    from: "From",
    to: "To",
    find: "Find",
    none: "No record is like this.",
    damaged: (count) => `${numberText(count)} records cannot be read. Tell the marketplace's operator.`,
    when: "When",
    action: "Did",
    outcome: "Outcome",
    subjects: "People",
    amount: (subjects, clear, masked) =>
      `${numberText(subjects)} (${numberText(clear)} clear, ${numberText(masked)} masked)`,
    purpose: "For",
    place: "From where",
  },
);
