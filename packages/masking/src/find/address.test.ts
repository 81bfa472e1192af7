import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const addresses = (text: string): readonly string[] =>
  find(text)
    .filter(({ kind }) => kind === "address")
    .map(({ start, end }) => text.slice(start, end));

describe("findAddress", () => {
  it.each([
    "서울특별시 강남구 테헤란로 152",
    "서울시강남구테헤란로152",
    "서울특별시 강남구 테헤란로 152 (역삼동, 가림빌딩) 5층",
    "경기도 성남시 분당구 불정로 6, 한빛마을 101동 1203호",
    "부산광역시 남구 신선로 365번길 7",
    "대구광역시 수성구 동대구로 23길 12",
    "강남구 테헤란로 12",
    "경기도 화성시 향남읍 발안리 123-4",
    "서울 강남구 역삼동 736-1",
    "경기 수원시 영통구 매탄동 123번지",
    "101동 1203호",
    "A동 302호",
    "101-1203호",
    "101-203호",
    "나동 B02호",
    "다동 지하 102호",
    "한빛로 12, 101동 1203호",
  ])("finds %s", (address) => {
    expect(addresses(`배송지는 ${address} 입니다`)).toEqual([address]);
  });

  it("goes on behind an address: a phone in the same run is found", () => {
    const kinds = find("서울 강남구 역삼동 736-1 010-0123-4567 101동 1203호").map(({ kind }) => kind);
    expect(kinds).toEqual(["address", "phone", "address"]);
  });

  it("[L2] reads decomposed Hangul", () => {
    const text = "서울시 강남구 테헤란로 152".normalize("NFD");
    expect(addresses(text)).toEqual([text]);
  });

  it.each([
    "강남구 쪽은 새벽배송",
    "다시 새로 3개 주문",
    "역시 바로 2일만에",
    "서울로 2박 3일",
    "바로 2층으로",
    "길 1개로 3명",
    "3동 지나서",
    "우동 2인분",
    "폭 90 으로 3개",
    "붓 2호",
    "종로 3가",
    "강남구 2개 지점",
    "강남구 으로 3 보내요",
    "제 2018-1203호",
    "2018-1203호",
    "제101-1203호",
    "12-3호",
  ])("leaves %s alone", (text) => {
    expect(addresses(text)).toEqual([]);
  });
});
