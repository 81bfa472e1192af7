import type { PartyKind } from "@garim/duties";
import { wordsOf } from "../kit/words.ts";

export const say = wordsOf(
  {
    title: "제공·위탁 현황",
    lead: "구매자의 개인정보가 누구에게 어떤 근거로 가는지 적은 대장입니다. 빠진 것이 있는 항목으로는 개인정보가 나가지 않습니다.",
    none: "대장에 적힌 것이 없습니다. 적히기 전에는 개인정보가 나가지 않습니다.",
    period: "기간",
    open: "적힌 내용",
    live: "나갈 수 있음",
    stopped: "나가지 않음",
    lacks: "빠진 것",
    evidence: "판단 근거 자료",
    noEnd: "끝을 정하지 않음",
    parties: {
      marketplace: "마켓",
      seller: "판매자",
      tool: "셀러툴",
      courier: "택배사",
      other: "그 밖",
    } as Readonly<Record<PartyKind, string>>,
    every: (kind: string) => `모든 ${kind}`,
    incomplete: (count: number) => `빠진 것이 있거나 끝난 항목이 ${count}개 있습니다.`,
    whole: "빠진 것이 없습니다.",
  },
  {
    title: "Where data goes",
    lead: "The register of who gets buyers' personal data on which grounds. An entry that lacks something lets none pass.",
    none: "Nothing is on file. Until there is, no personal data goes anywhere.",
    period: "Period",
    open: "What it says",
    live: "Data may go",
    stopped: "No data goes",
    lacks: "Lacking",
    evidence: "what shows that it is of this kind",
    noEnd: "no end agreed",
    parties: {
      marketplace: "marketplace",
      seller: "seller",
      tool: "seller tool",
      courier: "courier",
      other: "other",
    },
    every: (kind) => `every ${kind}`,
    incomplete: (count) => `Entries that lack something or are over: ${count}.`,
    whole: "Nothing is lacking.",
  },
);
