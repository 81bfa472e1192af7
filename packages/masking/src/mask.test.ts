import { readFileSync } from "node:fs";
import { isPiiKind, PII_KINDS, type PiiKind } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../vectors/masking.json" with { type: "json" };
import { MASK_PROFILE, mask } from "./mask.ts";

const HIDING = PII_KINDS.filter((kind) => kind !== "company");

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string(),
  fc.stringMatching(/^[+0-9 ().-]{0,20}$/),
  fc.stringMatching(/^[가-힣ᄒ ]{0,8}$/),
  fc.stringMatching(/^[0-9a-f:.]{0,20}$/),
  fc.stringMatching(/^[a-z@."]{0,12}@[a-z.-]{0,12}$/),
);

/** What masks read of a text, told apart from their own code: no invisible characters, NFC, no outer space. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc}/gu, "")
    .normalize("NFC")
    .trim();

describe("mask", () => {
  it.each(vectors.map(({ field, input, expected }) => [field, input, expected] as const))(
    "masks the %s %j as %j [profile pipc]",
    (field, input, expected) => {
      expect(isPiiKind(field)).toBe(true);
      expect(mask(field as PiiKind, input)).toBe(expected);
    },
  );

  it.each([
    ["name", "홍 길동", "홍*동"],
    ["name", "남궁 민수", "남**수"],
    ["name", "황보영", "황**"],
    ["name", "김John", "김****"],
    ["name", "(주)가림상사", "***"],
    ["name", "O'Brien", "O***"],
    ["name", "A", "*"],
    ["name", "가".repeat(101), "가***"],
    ["phone", "02-123-4567", "02-***-4567"],
    ["phone", "(02) 1234-5678", "02-****-5678"],
    ["phone", "1588-1234", "****-1234"],
    ["phone", "+82 2 1234 5678", "02-****-5678"],
    ["phone", "+82 010-1234-5678", "010-****-5678"],
    ["phone", "010-123-4567", "***"],
    ["phone", "010-12345-6789", "***"],
    ["phone", "031-12345-6789", "***"],
    ["phone", "010-1234-5678 / 010-8765-4321", "***"],
    ["email", "a@example.com", "***@example.com"],
    ["email", "hong@[127.0.0.1]", "***"],
    ["email", "hong@010-1234-5678", "***"],
    ["email", "홍길동 hong@example.com", "***"],
    ["userId", "a", "***"],
    ["userId", "홍길동 01012345678", "***"],
    ["birth", "1990.01.23", "****.**.**"],
    ["birth", "1990년 1월 23일", "***"],
    ["card", "3714 496353 98431", "371449*****8431"],
    ["card", "123456789012", "***"],
    ["ip", "010.0.0.1", "***"],
    ["ip", "203.0.113.256", "***"],
    ["ip", "::ffff:cb00:712d", "203.0.***.45"],
    ["ip", "::", "0:0:0:0:0:0:0:****"],
    ["ip", "1::2::3", "***"],
    ["ip", "fe80::1%eth0", "***"],
    ["ip", "64:ff9b::203.0.113.45", "64:ff9b:0:0:0:0:cb00:****"],
    ["address", "(06236) 서울특별시 강남구 테헤란로 152", "서울특별시 강남구 ***"],
    ["address", "135-080 서울 강남구 역삼동", "서울 강남구 ***"],
    ["address", "서울특별시 강남구", "서울특별시 강남구 ***"],
    ["address", "경기도 성남시 김형구 앞", "경기도 성남시 ***"],
    ["address", "06236", "***"],
    // The same hash as 서울.
    ["address", "\uc11b\uc6d7 1", "***"],
    ["address", "강남구 서울 1", "강남구 ***"],
    ["address", "부산 중구 중구", "부산 중구 ***"],
    ["address", "서울특별시  강남구\t테헤란로 1", "서울특별시 강남구 ***"],
    ["name", "LE  VAN", "L* V**"],
    ["memo", "", ""],
    ["passport", "", ""],
    ["passport", "\u200b ", ""],
  ] as const)("masks the %s %j as %j", (kind, input, expected) => {
    expect(mask(kind, input)).toBe(expected);
  });

  it("keeps a company's name only where the record says it is one", () => {
    expect(mask("name", "(주)가림상사", { corporate: true })).toBe("(주)가림상사");
    expect(mask("name", "가림상사", { corporate: false })).toBe("가**사");
    expect(mask("phone", "010-1234-5678", { corporate: true })).toBe("010-****-5678");
  });

  it.each([
    [0],
    [1_012_345_678],
    [true],
    [{}],
    [["a"]],
    [new Date(0)],
    [1n],
    [Symbol("s")],
    [() => 1],
    [Object("a")],
  ])("masks a value of another type wholly: %s [L2]", (value) => {
    for (const kind of PII_KINDS) expect(mask(kind, value)).toBe(kind === "memo" ? null : "***");
  });

  it("masks a kind that only an untyped caller can name", () => {
    expect(mask("toString" as PiiKind, "secret")).toBe("***");
  });

  it("is total, in NFC and never the original, for any text without stars [L2]", () => {
    fc.assert(
      fc.property(fc.constantFrom(...HIDING), anyText, (kind, text) => {
        const masked = mask(kind, text);
        const original = plain(text);
        if (original === "") expect(masked).toBe("");
        else if (kind === "memo") expect(masked).toBeNull();
        else {
          expect(masked).toBe(masked?.normalize("NFC"));
          expect(masked).toContain("*");
          if (!text.includes("*")) expect(masked).not.toBe(original);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("reads the same text through invisible characters and decomposition [L2]", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PII_KINDS),
        fc.stringMatching(/^[가-힣é0-9a-z@.-]{1,12}$/),
        (kind, text) => {
          const disguised = ` ${[...text.normalize("NFD")].join("\u200b")}\ufeff `;
          expect(mask(kind, disguised)).toBe(mask(kind, text));
        },
      ),
    );
  });

  it("keeps of a phone only prefix and last four [profile pipc]", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,4}$/), fc.stringMatching(/^\d{4}$/), (exchange, last) => {
        expect(mask("phone", `031${exchange}${last}`)).toBe(`031-${"*".repeat(exchange.length)}-${last}`);
      }),
    );
  });

  it("never leaves a given name's first syllable clear [profile pipc]", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("김", "남궁", "선우"),
        fc.stringMatching(/^[가-힣]{1,3}$/),
        (surname, given) => {
          const masked = mask("name", surname + given) ?? "";
          expect(masked[surname.length]).toBe("*");
        },
      ),
    );
  });

  it.each(HIDING)(
    "is done with a %s of 400,000 characters long before a quadratic mask would be [P2]",
    (kind) => {
      for (const unit of ["a", "가 ", "1-", "a.", "a@", ":", "\u200b", "가\u0301"]) {
        const text = unit.repeat(200_000);
        expect(mask(kind, text)).not.toBe(text);
      }
    },
  );

  it("[V14.2.4] masks as the README's table says", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const [, section = ""] = /^## Masks$(.*?)^## /ms.exec(readme) ?? [];
    const rows = [...section.matchAll(/^\| (\w+) \| (.+?) \| (.+?) \|.*\|$/gm)].filter(([, kind]) =>
      isPiiKind(kind),
    );
    expect(new Set(rows.map(([, kind]) => kind))).toEqual(
      new Set(PII_KINDS.filter((kind) => kind !== "memo")),
    );
    for (const [, kind, value, masked] of rows) expect(mask(kind as PiiKind, value)).toBe(masked);
  });

  it("names its profile", () => {
    expect(MASK_PROFILE).toBe("pipc");
  });
});
