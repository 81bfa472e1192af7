import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const cards = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "card")
    .map(({ start, end }) => text.slice(start, end));

describe("matchCard", () => {
  it.each([
    "4111-1111-1111-1111",
    "4111 1111 1111 1111",
    "4111111111111111",
    "3782-822463-10005",
    "378282246310005",
    "3056-930902-5904",
    "9400-0912-3456-7899",
    "4111_1111_1111_1111",
    "4111\n1111\n1111\n1111",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
    "٤١١١-١١١١-١١١١-١١١١",
    "4111\u200b1111\u200b1111\u200b1111",
  ])("finds %s", (number) => {
    expect(cards(`카드 ${number} 취소`)).toEqual([number]);
  });

  it("finds hyphened groups without Luhn, but not behind words for something else", () => {
    expect(cards("5347-2918-6403-7521")).toEqual(["5347-2918-6403-7521"]);
    expect(cards("쿠폰 5347-2918-6403-7521")).toEqual([]);
    expect(cards("5347291864037521")).toEqual([]);
  });

  it("believes unusual gaps only with Luhn, and prices not even then", () => {
    expect(cards("카드 5347/2918/6403/7521")).toEqual([]);
    expect(cards("4100/4500/5000/5501")).toEqual([]);
    expect(cards("카드 4100/4500/5000/5501")).toEqual(["4100/4500/5000/5501"]);
  });

  it.each([
    ["an order number that starts with a date, Luhn or not", "2025110312345678 2025110312345674"],
    ["a right Luhn behind words for an order", "주문번호 4111111111111111"],
    ["a part of something longer", "4111-1111-1111-1111-2"],
    ["17 digits", "41111111111111111"],
    ["a number of a product line", "KD-4111-1111-1111-1111"],
  ])("does not take %s for one", (_, text) => {
    expect(cards(text)).toEqual([]);
  });
});
