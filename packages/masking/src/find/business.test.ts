import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const confidences = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "businessNumber")
    .map(({ confidence }) => confidence);

describe("matchBusiness", () => {
  it("is certain of a right checksum and needs words without one", () => {
    expect(confidences("120-81-47521")).toEqual(["certain"]);
    expect(confidences("사업자등록번호 120-81-47522")).toEqual(["likely"]);
    expect(confidences("(주)가림 120-81-47522")).toEqual(["likely"]);
    expect(confidences("120-81-47522")).toEqual([]);
  });

  it("believes ten digits in one piece only behind words", () => {
    expect(confidences("사업자 1208147521")).toEqual(["likely"]);
    expect(confidences("1208147521")).toEqual([]);
    expect(confidences("(주)가림 1208147521")).toEqual([]);
  });

  it("leaves a form's example alone", () => {
    expect(confidences("사업자번호 000-00-00000")).toEqual([]);
  });
});
