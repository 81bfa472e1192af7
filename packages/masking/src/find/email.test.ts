import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const emails = (text: string): readonly (readonly [string, string])[] =>
  find(text)
    .filter(({ kind }) => kind === "email")
    .map(({ start, end, confidence }) => [text.slice(start, end), confidence]);

describe("findEmail", () => {
  it.each(["abc123@naver.com", "ABC.def+x@shop.example.co.kr", "01001234567@naver.com", "a@b.kr"])(
    "finds %s beside Hangul",
    (address) => {
      expect(emails(`메일${address}으로요`)).toEqual([[address, "certain"]]);
    },
  );

  it.each([
    "abc123 @ naver.com",
    "abc123 @ naver . com",
    "abc123 골뱅이 네이버",
    "abc123골뱅이naver점com",
    "abc123(at)gmail.com",
    "abc123 [at] gmail.com",
    "abc123@네이버",
    "abc123@naver",
    "abc123[at]gmail[dot]com",
    "abc123(at)shop(dot)co(dot)kr",
    "abc123@naver[dot]com",
    "abc123 at gmail dot com",
    "abc123 AT gmail.com",
    "abc123 앳 네이버 점 컴",
    "abc123@naver,com",
    "abc123@naver。com",
    "abc123ⓐnaver[.]com",
  ])("[L2] thinks %s likely", (address) => {
    expect(emails(`메일 ${address} 로요`)).toEqual([[address, "likely"]]);
  });

  it("[L2] reads mathematical letters, ⓐ and invisible characters", () => {
    for (const address of ["𝐚𝐛𝐜@𝐧𝐚𝐯𝐞𝐫.𝐜𝐨𝐦", "abcⓐnaver.com", "a\u200bb\u2060c@na\u00adver.c\u{e0020}om"])
      expect(emails(`메일 ${address}`)).toEqual([[address, "certain"]]);
  });

  it("[L2] reads full-width letters and the full-width @", () => {
    expect(emails("ａｂｃ＠ｎａｖｅｒ．ｃｏｍ")).toEqual([["ａｂｃ＠ｎａｖｅｒ．ｃｏｍ", "certain"]]);
  });

  it("takes a number in front of @ for the address's, not for a phone", () => {
    expect(find("01001234567@naver.com").map(({ kind }) => kind)).toEqual(["email"]);
  });

  it("does not take the next sentence for a domain", () => {
    expect(emails("abc@naver.com. Thanks")).toEqual([["abc@naver.com", "certain"]]);
  });

  it.each([
    "@garim_store",
    "look at this. Thanks",
    "cafe at seoul",
    "me@home,work",
    "cat naver.com",
    "2@1.5kg",
    "가격@1,000원",
    "골뱅이 통조림 3캔",
    "판매자@문의",
    "@@@",
    "OK 골뱅이무침",
  ])("leaves %s alone", (text) => {
    expect(emails(text)).toEqual([]);
  });
});
