import { describe, expect, it } from "vitest";
import { splitName } from "../name/words.ts";
import { makeSeen, type Scalar, type Seen } from "../seen.ts";
import type { Declaration } from "../value/declaration.ts";
import { draftLeaf } from "./draft.ts";

function draft(name: string, values: readonly Scalar[], declaration?: Declaration): string {
  const seen: Seen = { ...makeSeen(), values: [...values], ...(declaration && { declaration }) };
  const { declared, isSure, why } = draftLeaf(seen, splitName(name), []);
  return `${declared} ${isSure ? "sure" : "CHECK"}: ${why}`;
}

const PHONES = ["010-9173-4455", "01091734456", "+82 10-9173-4457"];
const MEMOS = ["문 앞에", "010-9173-4455로 연락", "빨리요", "경비실"];

describe("draftField", () => {
  it.each([
    ["buyerPhone", PHONES, "phone sure: the name says phone, 3 of 3 values read as phone"],
    ["xyz", PHONES, "phone sure: 3 of 3 values read as phone"],
    ["xyz", PHONES.slice(1), "phone CHECK: 2 of 2 values read as phone"],
    ["orderNo", PHONES, "phone CHECK: the name says an identifier, but 3 of 3 values read as phone"],
    ["xyz", MEMOS, "memo CHECK: free text in which 1 of 4 values hold phone"],
    ["memo", MEMOS, "memo sure: the name says free text; 1 of 4 values hold phone"],
    ["buyerName", MEMOS, "name CHECK: the name says name; 1 of 4 values hold phone"],
    [
      "companyName",
      MEMOS,
      "memo CHECK: the name says a company, but free text in which 1 of 4 values hold phone",
    ],
    [
      "memberId",
      ["홍길동"],
      "name CHECK: the name says who it is; open() if it is a number only you know, but 1 of 1 values read as name",
    ],
    ["email", PHONES, "phone CHECK: the name says e-mail, but 3 of 3 values read as phone; phone hides more"],
    [
      "accountNo",
      PHONES,
      "account CHECK: the name says account number, but 3 of 3 values read as phone; account number hides more",
    ],
    ["xyz", [1, 2.5, null], "open sure: numbers"],
    ["xyz", [1091734455, 1091734456], "phone CHECK: 2 of 2 values read as phone"],
    ["hp", [1091734455], "phone sure: the name says phone, 1 of 1 values read as phone"],
    ["phoneVerified", [true, false], "open sure: true or false"],
    ["xyz", ["2026-11-22T09:00:00+09:00", "20261122"], "open sure: moments"],
    ["xyz", ["1987-03-04", "2001-12-31"], "birth CHECK: days, 2 of 2 before 2012: births?"],
    ["xyz", ["AB-1001", "CD_2002"], "open CHECK: all 2 values look like codes"],
    ["xyz", ["M12345678"], "passport CHECK: 1 of 1 values read as passport number"],
    ["xyz", ["203.0.113.45", "2001:db8::1"], "ip CHECK: 2 of 2 values read as IP address"],
    ["xyz", ["김하늘", "박서준", "이도윤", "최가람", "대표님께"], "name CHECK: 4 of 5 values read as name"],
    ["xyz", ["Y", "N"], "open sure: yes or no"],
    ["xyz", ["9f1c2b3a-1111-4222-8333-444455556666"], "open sure: random ids"],
    ["phone", [null, ""], "phone sure: the name says phone"],
  ])("drafts %s of %j as %s", (name, values, expected) => {
    expect(draft(name, values)).toBe(expected);
  });

  it.each([
    ["xyz", ["좋아요"]],
    ["xyz", []],
    [
      "status",
      ["문 앞에 놓아 주시고 벨은 누르지 마세요. 아기가 자고 있으니 조용히 부탁드립니다. 감사합니다"],
    ],
    ["isGift", ["김하늘"]],
    ["price", ["조민재"]],
    ["orderNo", ["홍길동 주문"]],
    ["createdAt", ["홍길동"]],
    ["productName", ["123-456-789012"]],
    ["imageUrl", ["hong gildong"]],
  ])("withholds, to be checked, what does not look as its name says: %s of %j", (name, values) => {
    expect(draft(name, values)).toMatch(/^memo CHECK: .*open\(\) if nobody can write personal data into it/);
  });

  it.each([
    [{ pii: "name" }, "name sure: x-pii says so"],
    [{ type: "number" }, "open sure: a number"],
    [{ type: "boolean" }, "open sure: true or false"],
    [{ type: "text", isEnum: true }, "open sure: one of a fixed list"],
    [{ type: "text", format: "date-time" }, "open sure: the format says date-time"],
    [{ type: "text", format: "email" }, "email sure: the format says email"],
    [{ type: "text", format: "password" }, "memo sure: the format says password"],
  ] as const)("believes a document that declares %j", (declaration, expected) => {
    expect(draft("xyz", [], declaration)).toBe(expected);
  });

  it("lets x-pii overrule name and values", () => {
    expect(draft("buyerPhone", PHONES, { pii: "memo" })).toBe("memo sure: x-pii says so");
  });

  it("names the nearest kind for an x-pii that is none", () => {
    expect(() => draft("xyz", [], { pii: "phon" })).toThrow(/"phon".*Did you mean phone\?.*Write one of/);
  });

  it("[L2] reads full-width digits and decomposed Hangul", () => {
    expect(draft("xyz", ["０１０－９１７３－４４５５"])).toMatch(/^phone/);
    expect(draft("xyz", ["김하늘".normalize("NFD")])).toMatch(/^name/);
  });
});
