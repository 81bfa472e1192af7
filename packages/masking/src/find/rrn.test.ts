import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const SUMMED = "100101-1234562";
const UNSUMMED = "100101-1234567";

const confidences = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "rrn")
    .map(({ confidence }) => confidence);

describe("matchRrn", () => {
  it("is certain of a right checksum", () => {
    expect(confidences(SUMMED)).toEqual(["certain"]);
  });

  it("believes the form without a checksum: numbers since October 2020 have none", () => {
    expect(confidences(UNSUMMED)).toEqual(["likely"]);
  });

  it.each([
    ["13 digits in one piece behind words", "주민번호 1001011234567"],
    ["13 digits in one piece with a checksum", "1001011234562"],
    ["a blank for the hyphen, behind words", "주민 100101 1234567"],
    ["digits spaced out", "주민 1 0 0 1 0 1 - 1 2 3 4 5 6 7"],
    ["a foreigner's", "외국인등록번호 850315-5345676"],
    ["[L2] full width", "１００１０１－１２３４５６７"],
    ["[L2] Arabic-Indic digits", "١٠٠١٠١-١٢٣٤٥٦٧"],
    ["[L2] zero width between the digits", "1\u200b0\u200b0\u200b1\u200b0\u200b1\u200b-1234567"],
    ["[L2] two lines, behind words", "주민 100101\n1234567"],
  ])("finds %s", (_, text) => {
    expect(confidences(text)).toHaveLength(1);
  });

  it.each([
    ["a month that is none", "101301-1234567"],
    ["a day that is none", "100230-1234567"],
    ["the 30th of April is one, the 31st is none", "100431-1234567"],
    ["a sex digit of the 1800s", "100101-9234567"],
    ["a birth to come", "880101-3234567"],
    ["a company's registration", "법인등록번호 110111-3847291"],
    ["an order's number", "주문번호 251103-1234567"],
    ["a form's example", "000000-0000000"],
    ["one digit more", "100101-12345678"],
    ["a barcode that begins like a birth in 1988", "8801011100008"],
  ])("does not take %s for one: %s", (_, text) => {
    expect(confidences(text)).toEqual([]);
  });
});
