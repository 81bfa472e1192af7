import { wordsOf } from "../kit/words.ts";

export const say = wordsOf(
  {
    title: "유출에 내 정보가 있었나",
    lead: "마켓이 게시한 개인정보 유출 안내와, 거기에 내 정보가 있었는지 보여 줍니다. 이 화면을 본 일은 기록에 남지 않습니다.",
    none: "게시 중인 유출 안내가 없습니다.",
    concerned: "내 정보가 있었음",
    notConcerned: "내 정보는 없었음",
    concernedMore: "아래 안내를 읽고, 적힌 대로 피해를 막아 주세요.",
    notConcernedMore: "지금까지 확인된 대상자 명단에는 없습니다.",
    postedAt: "게시한 날",
    read: "안내문 읽기",
  },
  {
    title: "Was my data in a leak",
    lead: "Notices of leaks that the marketplace has posted, and whether your data was among each. That you look is not recorded.",
    none: "No notice of a leak stands posted.",
    concerned: "Your data was in it",
    notConcerned: "Your data was not in it",
    concernedMore: "Read the notice below, and do what it says to protect yourself.",
    notConcernedMore: "You are not on the list of those concerned, as far as it is known.",
    postedAt: "Posted on",
    read: "Read the notice",
  },
);
