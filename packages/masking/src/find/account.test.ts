import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const accounts = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "account")
    .map(({ start, end }) => text.slice(start, end));

describe("matchAccount", () => {
  it.each([
    ["국민 123456-01-123456", "123456-01-123456"],
    ["신한은행 계좌 110-872-153649", "110-872-153649"],
    ["환불계좌: 12345678901234", "12345678901234"],
    ["352-0247-1839-82 (농협) 김가림", "352-0247-1839-82"],
    ["우리 1002 123 456789", "1002 123 456789"],
    ["카카오뱅크 3333012345678", "3333012345678"],
  ])("finds the number in %s", (text, number) => {
    expect(accounts(text)).toEqual([number]);
  });

  it.each([
    "123456-01-123456",
    "운송장 123456789012",
    "환불 주문번호 202511031234",
    "우리 애기 선물로 123456789012 개",
    "계좌 123-456-789",
    "입금 123456-123456-123456",
  ])("leaves %s alone", (text) => {
    expect(accounts(text)).toEqual([]);
  });
});
