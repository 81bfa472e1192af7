import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { find } from "./find/find.ts";
import { FOUND_KINDS } from "./find/found.ts";
import { SCRUB_LIMIT, SCRUBBED, scrub } from "./scrub.ts";

describe("scrub", () => {
  it("replaces each place by stars of one length", () => {
    expect(scrub("제 번호 010-0123-4567, 메일 abc@naver.com 이요")).toBe("제 번호 ***, 메일 *** 이요");
  });

  it("gives back the same text where nothing is found", () => {
    const text = "배송이 정말 빠르고 19,900원이면 저렴해요";
    expect(scrub(text)).toBe(text);
  });

  it("keeps business numbers unless told, and what it is told to keep", () => {
    expect(scrub("사업자 120-81-47521")).toBe("사업자 120-81-47521");
    expect(scrub("사업자 120-81-47521", { kinds: FOUND_KINDS })).toBe("사업자 ***");
    expect(scrub("010-0123-4567 abc@naver.com", { kinds: ["email"] })).toBe("010-0123-4567 ***");
  });

  it("replaces the whole of a text over the limit, not of one at the limit", () => {
    expect(scrub("가".repeat(SCRUB_LIMIT))).toHaveLength(SCRUB_LIMIT);
    expect(scrub("가".repeat(SCRUB_LIMIT + 1))).toBe(SCRUBBED);
  });

  it.each([undefined, null, 1_012_345_678, {}, ["010-0123-4567"]])(
    "makes stars of what is no text: %j",
    (value) => {
      expect(scrub(value as unknown as string)).toBe(SCRUBBED);
    },
  );

  it("treats a text as personal whole when the finder fails", () => {
    const broken = vi.spyOn(String.prototype, "charCodeAt").mockImplementation(() => {
      throw new Error("broken");
    });
    try {
      expect(scrub("가나다")).toBe(SCRUBBED);
    } finally {
      broken.mockRestore();
    }
  });

  it("also scrubs what a shorter text brings closer to its words", () => {
    const text = `계좌 abcdefghijklmnopqrstuvwxyz@naver.com 123456-01-123456`;
    expect(scrub(text)).toBe("계좌 *** ***");
  });

  it("leaves nothing to find a second time, and changes nothing then", () => {
    const parts = [
      "010-0123-4567",
      "01001234567",
      "100101-1234562",
      "abc@naver.com",
      "계좌 ",
      "123456-01-123456",
      "120-81-47521",
    ];
    const more = [
      ..."0123456789 -.,()공일이삼로길동호@P",
      "서울 강남구 테헤란로 152",
      "1203호",
      "***",
      "\u200b",
      "１",
    ];
    const texts = fc
      .array(fc.constantFrom(...parts, ...more), { maxLength: 30 })
      .map((list) => list.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const once = scrub(text);
        expect(find(once).filter(({ kind }) => kind !== "businessNumber")).toEqual([]);
        expect(scrub(once)).toBe(once);
      }),
      { numRuns: 3_000 },
    );
  });
});
