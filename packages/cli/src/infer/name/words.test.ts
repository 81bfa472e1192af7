import { describe, expect, it } from "vitest";
import { splitName } from "./words.ts";

const textsOf = (name: string): string =>
  splitName(name)
    .map(({ text }) => text)
    .join(" ");

describe("splitName", () => {
  it.each([
    ["rcvr_hp_no", "rcvr hpno"],
    ["rcvrHpNo", "rcvr hpno"],
    ["RCVR_HP_NO", "rcvr hpno"],
    ["RcvrHPNo", "rcvr hpno"],
    ["rcvrhpno", "rcvr hpno"],
    ["buyer-tel.no", "buyer telno"],
    ["IPAddress", "ip address"],
    ["eMail", "email"],
    ["구매 확정 일시", "구매확정 일시"],
    ["수신여부", "수신 여부"],
    ["address2", "address"],
    ["addr_1", "addr"],
    ["수취인휴대폰번호", "수취인 휴대폰 번호"],
    ["받는 분 연락처", "받는분 연락처"],
    ["구매자Email", "구매자 email"],
    ["engraving", "engraving"],
    ["", ""],
  ])("splits %j into %j", (name, words) => {
    expect(textsOf(name)).toBe(words);
  });

  it("[L2] reads decomposed Hangul as composed", () => {
    expect(splitName("수취인명".normalize("NFD"))).toEqual(splitName("수취인명"));
  });

  it("[P2] takes a very long name as one word, in no time", () => {
    expect(splitName("telno".repeat(10_000))).toHaveLength(1);
  });

  it("covers a piece with known words only, or not at all", () => {
    expect(splitName("telxyz")).toEqual([{ text: "telxyz", concept: undefined }]);
  });
});
