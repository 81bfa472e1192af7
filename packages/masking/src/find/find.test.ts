import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { find, scan } from "./find.ts";
import type { FoundKind } from "./found.ts";

/** Pieces that numbers, addresses and tricks are made of. */
const PIECES = [
  ..."0123456789공일이삼사오육칠팔구-. ()/@+P M에다시로길동호ㅇO",
  "010-0123-4567",
  "100101-1234562",
  "4111-1111-1111-1111",
  "abc@naver.com",
  "서울 강남구 테헤란로 152",
  "101동 1203호",
  "국민 ",
  "계좌 ",
  "여권 ",
  "골뱅이",
  "(at)",
  "\u200b",
  "１",
  "\u1100\u1161",
  "\ud835",
  "\udfce",
  "\n",
  "\ufe0f",
  "\u0336",
  "\u{e0020}",
  "٠",
  "ⓐ",
  " at ",
  "[dot]",
  "l",
  "전화 ",
  "112",
  "1345에 문의",
  "***",
];
const texts = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(""));

describe("find", () => {
  it("gives kinds and places in order", () => {
    expect(find("제 번호 010-0123-4567, 메일 abc@naver.com")).toEqual([
      { kind: "phone", start: 5, end: 18, confidence: "certain" },
      { kind: "email", start: 23, end: 36, confidence: "certain" },
    ]);
  });

  it("[L2] gives places in the original of a folded text", () => {
    const text = "번호\u200b ０１０－０１２３－４５６７ 요";
    expect(find(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "０１０－０１２３－４５６７",
    ]);
  });

  it("never throws, and its places are in order, inside the text, not empty and apart", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const { start, end } of find(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it("does not look closely at texts without digits, spelled zeros or @", () => {
    expect(scan("배송이 정말 빠르고 포장도 꼼꼼해서 이사 온 뒤로 만족합니다!".repeat(1_000))).toMatchObject({
      found: [],
      steps: 0,
    });
  });
});

describe("scan", () => {
  const hostile = [
    "1",
    "-",
    "1-",
    "1 ",
    "공",
    "공일",
    "@",
    "a@",
    "a.",
    "로 1",
    "강남구로1",
    "010-0123-456",
    "１",
    "(",
    "1동 ",
    "P1",
    "1\n",
    "l1",
    " at ",
    "at a dot ",
    "a(dot)",
    "١",
    "0\u0336",
    "전화 112 ",
    "119, ",
    "101-101",
    "1~",
  ];

  it.each(hostile)("[V1.3.12] [P2] takes work in proportion to the length of %j repeated", (part) => {
    const [small, large] = [16_384, 262_144].map((length) => scan(part.repeat(length / part.length)).steps);
    // Sixteen times the text; a quadratic scan would take 256 times the steps.
    expect(large ?? 0).toBeLessThanOrEqual(17 * (small ?? 0) + 64);
    expect(large ?? 0).toBeLessThanOrEqual(4 * 262_144);
  });
});

interface Labelled {
  readonly text: string;
  readonly spans: readonly {
    readonly label: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
}

describe("find on the public corpus", () => {
  const file = new URL("../../data/ko-pii-eval.jsonl", import.meta.url);
  const documents = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Labelled);

  const kinds: readonly (readonly [string, FoundKind])[] = [
    ["PHONE", "phone"],
    ["EMAIL", "email"],
    ["RRN", "rrn"],
    ["FRN", "rrn"],
    ["CARD", "card"],
  ];

  it.each(kinds)("finds at least 97 %% of %s as %s", (label, kind) => {
    let labelled = 0;
    let hit = 0;
    for (const { text, spans } of documents)
      for (const span of spans) {
        if (span.label !== label) continue;
        labelled++;
        if (find(text).some((one) => one.kind === kind && one.start <= span.start && one.end >= span.end))
          hit++;
      }
    expect(labelled).toBeGreaterThan(5);
    expect(hit / labelled).toBeGreaterThanOrEqual(0.97);
  });

  it("flags no document that holds no personal data", () => {
    const clean = documents.filter(({ spans }) => spans.length === 0);
    expect(clean.length).toBeGreaterThan(20);
    expect(clean.filter(({ text }) => find(text).length > 0)).toEqual([]);
  });
});
