import { wordsOf } from "../kit/words.ts";

export const say = wordsOf(
  {
    title: "막은 답글",
    lead: "구매자의 이름이나 연락처가 있어 올리지 않은 답글입니다. 무엇이 적혀 있었는지는 남기지 않습니다.",
    none: "막은 답글이 없습니다.",
    at: "막은 때",
    by: "쓴 사람",
    seller: "판매자",
    why: "이유",
    route: "어디에",
    onRecord: "이 목록을 본 것은 접속기록에 남습니다.",
  },
  {
    title: "Held replies",
    lead: "Replies that were not posted because they named a buyer or held contact data. What they said is kept nowhere.",
    none: "No reply was held.",
    at: "Held",
    by: "Written by",
    seller: "Seller",
    why: "Why",
    route: "Where",
    onRecord: "That you looked at this list is on record.",
  },
);
