import { describe, expect, it } from "vitest";
import { find } from "../find.ts";

const phones = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "phone")
    .map(({ start, end }) => text.slice(start, end));

describe("findPublicNumber", () => {
  it.each([
    ["경찰 112에 신고했어요", "112"],
    ["한전(123)에 연락", "123"],
    ["119 (소방)에 물어봄", "119"],
    ["119를 불렀어요", "119"],
    ["문의: 1357 (중소기업 콜센터)", "1357"],
    ["1372로 상담했어요", "1372"],
    ["다산콜 120에 물어보니", "120"],
    ["시청 대표번호: 02-120", "02-120"],
    ["고객센터 114 연결이 안 돼요", "114"],
    ["24시간 상담 전화: 1366", "1366"],
    ["신고는 국번없이 118", "118"],
    ["여행 문의는 1330번으로", "1330"],
  ])("finds the number that is called in %s", (text, number) => {
    expect(phones(text)).toEqual([number]);
    expect(find(text)[0]?.confidence).toBe("likely");
  });

  it("finds each of a list", () => {
    expect(phones("긴급전화 112, 119")).toEqual(["112", "119"]);
    expect(phones("경찰(112)과 소방서(119)")).toEqual(["112", "119"]);
  });

  it.each([
    ["a size", "문의 120 사이즈 있나요, 110으로 교환 문의드립니다, 130으로 문의"],
    ["what fits and is put on", "120 신고 다녀요"],
    ["a height, a weight", "키 182에 112kg, 신고 다니기 119mm"],
    ["an age, a day of life", "상담 112세, 120일 아기 전화 상담"],
    ["a price", "문의 119,000원, 1330원 상담, 전화 112.5"],
    ["a count", "전화 119통, 상담 대기 112명, 고객센터 132번째, 콜라 123개"],
    ["a time", "13:30에 전화, 콜센터 대기 120분"],
    ["how often", "전화 120번 했어요"],
    [
      "a part of a longer number",
      "고객센터 112-119, 전화 1330-1345, 문의 A112, A119에 전화, 2025-11-119에 신고",
    ],
    ["a number that is not given out", "콜센터 199, 전화 1334"],
    ["a toy", "119 소방차, 119(소방차), 경찰차 112, 112 경찰차"],
    ["a number without words", "112 119 1330 02-120"],
  ])("does not take %s for one: %s", (_, text) => {
    expect(phones(text)).toEqual([]);
  });
});
