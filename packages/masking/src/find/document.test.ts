import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const documents = (text: string): readonly (readonly [string, string, string])[] =>
  find(text)
    .filter(({ kind }) => kind === "customsCode" || kind === "passport")
    .map(({ kind, start, end, confidence }) => [kind, text.slice(start, end), confidence]);

describe("findDocument", () => {
  it.each([
    ["P012345678901 입니다", "customsCode", "P012345678901", "certain"],
    ["부호 p012345678901로", "customsCode", "p012345678901", "certain"],
    ["통관번호 P0123 4567 8901", "customsCode", "P0123 4567 8901", "likely"],
    ["부호 P-0123-4567-8901", "customsCode", "P-0123-4567-8901", "likely"],
    ["P0123-4567-8901 개인통관부호", "customsCode", "P0123-4567-8901", "likely"],
    ["여권 M12345678", "passport", "M12345678", "certain"],
    ["M12345678 이요", "passport", "M12345678", "likely"],
    ["M123A4567", "passport", "M123A4567", "likely"],
    ["여권번호: TK4827193", "passport", "TK4827193", "likely"],
    ["여권번호 (미국): 487291637", "passport", "487291637", "likely"],
  ])("finds %s", (text, kind, number, confidence) => {
    expect(documents(text)).toEqual([[kind, number, confidence]]);
  });

  it.each([
    "P12345678 재입고",
    "P0123 4567 8901",
    "P-0123-4567-8901",
    "AP-0123-4567-8901 통관",
    "모델 M12345678",
    "AM12345678",
    "SM-M12345678",
    "M123456789",
    "S12345678",
    "487291637",
  ])("leaves %s alone", (text) => {
    expect(documents(text)).toEqual([]);
  });
});
