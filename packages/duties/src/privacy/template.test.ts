import { resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/keeping.ts";
import { draftPrivacy, type SellerFacts } from "../index.ts";

const NOWHERE = {
  sender: { kind: "seller", id: "S1" },
  madeAt: NOON,
  next: null,
  flows: { provision: [], outsourcing: [], overseas: [] },
} as const;

const sectionsOf = (seller: Partial<SellerFacts> = {}, policy = resolvePolicy()) =>
  draftPrivacy({ sellerId: "S1", name: "상점", ...seller }, NOWHERE, [], policy).sections;

describe("draftPrivacy", () => {
  it("[code-2022/privacy-policy pipa/35] promises an answer within the days in force", () => {
    expect(sectionsOf().rights).toContain("10일 안에 답합니다");
    expect(sectionsOf({}, resolvePolicy({ requestDays: 3 })).rights).toContain("3일 안에 답합니다");
  });

  it("[code-2022/privacy-policy] leaves empty what only the seller knows: purposes, data, officer", () => {
    const { purposes, fields, officer } = sectionsOf();
    expect([purposes, fields, officer]).toEqual(["", "", ""]);
    expect(sectionsOf({ purposes: "배송", fields: "이름" })).toMatchObject({
      purposes: "배송",
      fields: "이름",
    });
  });
});
