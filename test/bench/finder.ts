import { find } from "@garim/masking";
import { makeOrders } from "./orders.ts";
import { type BenchRow, measure, type Slice } from "./row.ts";

/** Sentences of reviews; every eighth review holds one of the personal ones. */
const SENTENCES = [
  "배송이 정말 빠르고 포장도 꼼꼼해서 만족합니다. ",
  "색상이 사진이랑 조금 다르지만 예뻐요. ",
  "아이가 너무 좋아해서 재구매했어요! ",
  "가격 대비 품질이 괜찮네요. 12월에 또 주문할게요. ",
  "2025년 11월 3일에 주문했는데 5일에 왔어요. ",
  "사이즈가 생각보다 작아서 교환 문의드립니다. 주문번호 2025110312345678 입니다. ",
  "상담원이 친절하게 안내해 주셔서 감사해요 ^^ ",
  "3kg에 19,900원이면 저렴한 편이에요. ",
];
const PERSONAL = [
  "제 번호 010-0123-4567 으로 연락 주세요. ",
  "계좌 국민 123456-01-123456 으로 환불해주세요. ",
  "메일은 user12@naver.com 입니다. ",
  "서울특별시 강남구 테헤란로 152 한빛마을 101동 1203호로 보내주세요. ",
  "주민번호 100101-1234567 확인 부탁드려요. ",
];

const TEXTS = 2_000;

function makeReview(_: unknown, i: number): string {
  const parts = Array.from({ length: 2 + (i % 7) }, (_, j) => SENTENCES[(i * 5 + j * 3) % SENTENCES.length]);
  if (i % 8 === 0) parts.push(PERSONAL[(i / 8) % PERSONAL.length]);
  return flatten(parts.join(""));
}

/** Joined texts are trees until somebody reads them; the reader should not pay for that. */
function flatten(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

const reviews = Array.from({ length: TEXTS }, makeReview);
const memos = makeOrders(TEXTS).map(({ deliveryMemo }) => flatten(deliveryMemo));

const FIGURES_BESIDE = [
  String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[- ]?[1-8]\d{6}`,
  String.raw`(?:\+?82[-. ]?)?0?1[016789][-. ]?\d{3,4}[-. ]?\d{4}`,
  String.raw`0(?:2|[3-6][1-5]|50\d|70)[-. )]?\d{3,4}[-. ]?\d{4}`,
  String.raw`1[568]\d{2}-\d{4}`,
  String.raw`\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}`,
  String.raw`\d{3}-\d{2}-\d{5}`,
  String.raw`\d{3,6}-\d{2,6}-\d{3,7}(?:-\d{1,4})?`,
  String.raw`[MSROD]\d{3}[A-Z0-9]\d{4}`,
  String.raw`[Pp]\d{12}`,
];
const OTHERS = [
  String.raw`[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}`,
  String.raw`\d{1,4}동 ?\d{1,5}호`,
  String.raw`[가-힣0-9]{1,12}(?:로|길) ?\d{1,4}(?:-\d{1,4})?`,
  String.raw`[가-힣0-9]{1,8}(?:동|리) ?\d{1,4}-\d{1,4}`,
];
/** The kinds of the finder as one expression, figures only: no context words, spelled digits, checksums or folding. */
const COMBINED = new RegExp(`(?<!\\d)(?:${FIGURES_BESIDE.join("|")})(?!\\d)|${OTHERS.join("|")}`, "g");

function countMatches(text: string): number {
  let count = 0;
  COMBINED.lastIndex = 0;
  while (COMBINED.exec(text) !== null) count++;
  return count;
}

function each(texts: readonly string[], count: (text: string) => number): Slice {
  return () => texts.reduce((sum, text) => sum + count(text), 0);
}

function ratioOn(texts: readonly string[]): number {
  const [ours = Number.NaN, theirs = Number.NaN] = measure([
    each(texts, (text) => find(text).length),
    each(texts, countMatches),
  ]);
  return theirs / ours;
}

const MEBI = 1_048_576;

/** What makes backtracking finders hang, each a mebi of UTF-16 units. */
const HOSTILE = [
  "1",
  "-",
  "1-",
  "공",
  "공일",
  "@",
  "a@",
  "a.",
  "로 1",
  "강남구로1",
  "010-1234-567",
  "１",
  "(",
  "1동 ",
].map((part) => flatten(part.repeat(Math.floor(MEBI / part.length))));

/** How much of its speed the finder keeps from an eighth of a mebi to a whole one, on the worst text. */
function worstLinearity(): number {
  const ratios = HOSTILE.map((text) => {
    const [whole = Number.NaN, part = Number.NaN] = [text, flatten(text.slice(0, MEBI / 8))].map(fastest);
    return (8 * part) / whole;
  });
  return Math.min(...ratios);
}

/** Microseconds of CPU time, the least of seven: collections of garbage only ever add. */
function fastest(text: string): number {
  const times = Array.from({ length: 7 }, () => {
    const before = process.cpuUsage();
    find(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times);
}

/** F1: the finder. */
export const rows: readonly BenchRow[] = [
  {
    id: "F1",
    subject: "finder, reviews and memos",
    against: "one combined regular expression of the same kinds",
    unit: "x MB/s",
    target: { atLeast: 2 },
    run: async () => ratioOn([...reviews, ...memos]),
  },
  {
    id: "F1-linear",
    subject: "finder, hostile texts of 1 Mi characters, the worst of them",
    against: "its own speed at an eighth of the size",
    unit: "x",
    target: { atLeast: 0.4 },
    run: async () => worstLinearity(),
  },
];
