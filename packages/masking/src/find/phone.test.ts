import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const phones = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "phone")
    .map(({ start, end }) => text.slice(start, end));

describe("matchPhone", () => {
  it.each([
    "010-0123-4567",
    "01001234567",
    "010 0123 4567",
    "010.0123.4567",
    "010)0123-4567",
    "010~0123~4567",
    "010ㅡ0123ㅡ4567",
    "011-234-5678",
    "016-1234-5678",
    "10-0123-4567",
    "+82 10-0123-4567",
    "+82(0)10-0123-4567",
    "+821001234567",
    "0082 10 0123 4567",
    "82-10-0123-4567",
    "+82-2-2650-6271",
    "0507-1234-5678",
    "050712345678",
    "070-2345-6789",
    "02-345-6789",
    "02)2345-6789",
    "(031) 234-5678",
    "064 234 5678",
    "0312345678",
    "1588-1234",
  ])("finds %s as a whole, with a particle behind it", (number) => {
    expect(phones(`연락 ${number}로 주세요`)).toEqual([number]);
  });

  it.each([
    "0 1 0 - 0 1 2 3 - 4 5 6 7",
    "공일공-일이삼사-오육칠팔",
    "영일영 일이삼사 오육칠팔",
    "공1공-12삼4-5육칠8",
    "010에 0123에 4567",
    "공일공 다시 일이삼사 다시 오육칠팔",
    "０１０－０１２３－４５６７",
    "⓪①⓪-⓪①②③-④⑤⑥⑦",
    "𝟎𝟏𝟎-𝟎𝟏𝟐𝟑-𝟒𝟓𝟔𝟕",
    "010\u200b-0123\u200b-4567",
    "O1O-0123-4567",
    "ㅇ1ㅇ-0123-4567",
  ])("[L2] finds what is written so that a program does not: %s", (number) => {
    expect(phones(`번호는 ${number} 이요`)).toEqual([number]);
  });

  it("ends a spelled number in front of the particle that reads as a digit", () => {
    expect(phones("공일공일이삼사오육칠팔이에요")).toEqual(["공일공일이삼사오육칠팔"]);
    expect(phones("010-0123-4567이고")).toEqual(["010-0123-4567"]);
  });

  it("asks for words where eight digits touch", () => {
    expect(phones("상담 15881234 연결이 안 돼요")).toEqual(["15881234"]);
    expect(phones("승인번호 15881234 취소")).toEqual([]);
  });

  it.each([
    "1588-1600 사이즈 비교",
    "1600-1800원대",
    "1588-1234g 사이",
    "010-0000-0000",
    "SYS-02-1234-5678",
    "02-345-6789-01",
    "운송장 0212345678",
    "010-12-34567890",
    "+1-415-867-5309",
    "+86-10-6526-2299",
    "2025-01-01 01:01:23",
    "0101234",
  ])("leaves %s alone", (text) => {
    expect(phones(text)).toEqual([]);
  });

  it("finds two numbers in one run", () => {
    expect(phones("010-0123-4567 010-0123-4568")).toEqual(["010-0123-4567", "010-0123-4568"]);
    expect(phones("2025110312345678 010-0123-4567")).toEqual(["010-0123-4567"]);
  });

  it("is certain of a form and only thinks it likely of a guess", () => {
    expect(find("010-0123-4567")[0]?.confidence).toBe("certain");
    expect(find("공일공일이삼사오육칠팔")[0]?.confidence).toBe("likely");
  });
});
