/**
 * Writes reviews.jsonl: made-up reviews, questions and delivery memos with the spans of the personal data in them.
 *
 *   node packages/masking/data/generate-reviews.mjs
 *
 * Each line of templates-dev.txt and templates-test.txt is filled in twice, handwritten.txt is taken as it is; the output is
 * the same on every run. The finder
 * is tuned on `dev` only. Nobody is in it: mobile numbers lie in exchanges that are not given out (010-0…, 010-1…), births
 * before 1916, cards in issuers' test ranges.
 */
import { readFileSync, writeFileSync } from "node:fs";

const here = (name) => new URL(name, import.meta.url);

function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = createRandom(20261122);
const int = (least, most) => least + Math.floor(random() * (most - least + 1));
const pick = (list) => list[int(0, list.length - 1)];
const digits = (count) => Array.from({ length: count }, () => int(0, 9)).join("");
const pad = (value, width) => String(value).padStart(width, "0");

const mobile = () => ["010", `${int(0, 1)}${digits(3)}`, pad(int(1, 9999), 4)];
const landline = () => [
  pick(["02", "031", "032", "051", "053", "062", "064"]),
  `${int(2, 9)}${digits(int(2, 3))}`,
  digits(4),
];
const safe = () => [pick(["0502", "0505", "0507"]), digits(4), digits(4)];
const representative = () => [
  pick(["1544", "1577", "1588", "1599", "1600", "1644", "1661", "1670", "1899"]),
  digits(4),
];
const spell = (text, words) => [...text].map((c) => words[c] ?? c).join("");
const WORDS = Object.fromEntries([..."공일이삼사오육칠팔구"].map((word, i) => [i, word]));
const MORE_WORDS = { ...WORDS, 0: "영" };
const FULL = Object.fromEntries([..."０１２３４５６７８９"].map((word, i) => [i, word]));
const spellSome = (text) => [...text].map((c) => (random() < 0.5 ? (WORDS[c] ?? c) : c)).join("");

const EMAIL_NAMES = ["garim.test", "sun_flower", "k-mart", "happy", "abc"];
const DOMAINS = ["naver.com", "gmail.com", "daum.net", "hanmail.net", "kakao.com", "shop.example.co.kr"];
const DOMAIN_WORDS = ["네이버", "지메일", "다음", "네이버 닷컴", "naver.com", "gmail 점 com"];
const email = () => [`${pick(EMAIL_NAMES)}${int(10, 9999)}`, pick(DOMAINS)];

function luhn(body) {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const doubled = Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const card = () => luhn(`${pick(["400000", "411111", "555555", "940009"])}${digits(9)}`);
const group4 = (text, separator) => text.match(/.{4}/g).join(separator);
const spoil = (text) => `${text.slice(0, -1)}${(Number(text.at(-1)) + 1) % 10}`;

function registration(genders) {
  const body = `${pad(int(0, 15), 2)}${pad(int(1, 12), 2)}${pad(int(1, 28), 2)}${pick(genders)}${digits(5)}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (2 + (i % 8)), 0);
  return body + ((11 - (sum % 11)) % 10);
}

function business() {
  const body = `${int(101, 899)}${pad(int(1, 79), 2)}${digits(4)}`;
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum =
    weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0) +
    Math.floor((Number(body[8]) * 5) / 10);
  return `${body.slice(0, 3)}-${body.slice(3, 5)}-${body.slice(5)}${(10 - (sum % 10)) % 10}`;
}

const REGIONS = [
  "서울특별시 강남구",
  "서울 마포구",
  "경기도 성남시 분당구",
  "부산광역시 해운대구",
  "대전 유성구",
  "전북 전주시 완산구",
  "제주특별자치도 제주시",
  "인천시 연수구",
];
const ROADS = [
  "테헤란로",
  "양화로",
  "불정로",
  "센텀중앙로",
  "대학로",
  "중앙로12번길",
  "둔산북로",
  "월드컵북로",
];
const TOWNS = [
  "서울 성북구 길음동",
  "경기도 화성시 향남읍 발안리",
  "강원특별자치도 영월군 영월읍 흥월리",
  "부산 사하구 하단동",
  "전남 순천시 조례동",
];
const HOMES = ["래미안", "푸르지오", "한빛아파트", "자이"];
const unit = () => `${int(101, 120)}동 ${int(1, 25)}0${int(1, 4)}호`;
const road = () => `${pick(REGIONS)} ${pick(ROADS)} ${int(2, 400)}`;
const account = () =>
  pick([
    () => `110-${digits(3)}-${digits(6)}`,
    () => `${digits(6)}-${digits(2)}-${digits(6)}`,
    () => `301-${digits(4)}-${digits(4)}-${digits(2)}`,
    () => `1002-${digits(3)}-${digits(6)}`,
  ])();

/** Slots of personal data: kind and maker. */
const PERSONAL = {
  m: ["phone", () => mobile().join("-")],
  "m.": ["phone", () => mobile().join(".")],
  m_: ["phone", () => mobile().join(" ")],
  m0: ["phone", () => mobile().join("")],
  mspaced: ["phone", () => [...mobile().join("-")].join(" ")],
  mko: ["phone", () => spell(mobile().join("-"), WORDS)],
  mkos: ["phone", () => spell(mobile().join(" "), MORE_WORDS)],
  mmix: ["phone", () => `공1공-${spellSome(mobile().slice(1).join("-"))}`],
  mfull: ["phone", () => spell(mobile().join("－"), FULL)],
  mzw: ["phone", () => mobile().join("\u200b-\u200b")],
  mee: ["phone", () => mobile().join("에 ")],
  m82: ["phone", () => `+82 10-${mobile().slice(1).join("-")}`],
  m82p: ["phone", () => `+82(0)10-${mobile().slice(1).join("-")}`],
  m10: ["phone", () => `10-${mobile().slice(1).join("-")}`],
  m011: ["phone", () => `${pick(["011", "016", "019"])}-${int(200, 999)}-${digits(4)}`],
  m070: ["phone", () => `070-${int(2, 8)}${digits(3)}-${digits(4)}`],
  safe: ["phone", () => safe().join("-")],
  safe0: ["phone", () => safe().join("")],
  tel: ["phone", () => landline().join("-")],
  telp: ["phone", () => landline().join("-").replace("-", ")")],
  telparen: [
    "phone",
    () =>
      landline()
        .join("-")
        .replace(/^(\d+)-/, "($1) "),
  ],
  telsp: ["phone", () => landline().join(" ")],
  rep: ["phone", () => representative().join("-")],
  rep0: ["phone", () => representative().join("")],
  e: ["email", () => email().join("@")],
  efull: ["email", () => email().join("＠")],
  esp: ["email", () => email().join(" @ ")],
  egol: ["email", () => `${pick(EMAIL_NAMES)}${int(10, 999)} 골뱅이 ${pick(DOMAIN_WORDS)}`],
  eat: ["email", () => email().join(pick(["(at)", " (at) ", "[at]"]))],
  rrn: ["rrn", () => registration([1, 2]).replace(/^.{6}/, "$&-")],
  rrn0: ["rrn", () => registration([1, 2])],
  rrnsp: ["rrn", () => registration([1, 2]).replace(/^.{6}/, "$& ")],
  rrnbad: ["rrn", () => spoil(registration([1, 2])).replace(/^.{6}/, "$&-")],
  frn: ["rrn", () => spoil(registration([5, 6])).replace(/^.{6}/, "$&-")],
  card: ["card", () => group4(card(), "-")],
  cardsp: ["card", () => group4(card(), " ")],
  card0: ["card", () => card()],
  cardbad: ["card", () => group4(spoil(card()), "-")],
  amex: ["card", () => luhn(`3782${digits(10)}`).replace(/^(.{4})(.{6})/, "$1-$2-")],
  acc: ["account", account],
  acc0: ["account", () => `3333${digits(9)}`],
  addr: ["address", road],
  addrd: ["address", () => `${road()}${pick([" ", ", "])}${pick(HOMES)} ${unit()}`],
  addrshort: ["address", () => `${pick(["강남구", "수영구", "마포구"])} ${pick(ROADS)} ${int(2, 400)}`],
  jibun: ["address", () => `${pick(TOWNS)} ${int(2, 990)}-${int(1, 40)}`],
  apt: ["address", unit],
  customs: ["customsCode", () => `P${digits(12)}`],
  pass: ["passport", () => `M${digits(8)}`],
  passnew: ["passport", () => `M${digits(3)}${pick(["A", "B", "K"])}${digits(4)}`],
  biz: ["businessNumber", business],
};

const price = () => `${int(1, 199)},${digits(1)}00원`;
/** Slots that must not be found. */
const PLAIN = {
  n: () => String(int(2, 12)),
  price,
  range: () => pick(["1500-2000", "18,000~25,000", "10000-15000"]),
  date: () =>
    pick([
      `${int(1, 12)}월 ${int(1, 28)}일`,
      `2025-${pad(int(1, 12), 2)}-${pad(int(1, 28), 2)}`,
      `2025.${int(1, 12)}.${int(1, 28)}.`,
      `25/${pad(int(1, 12), 2)}/${pad(int(1, 28), 2)}`,
    ]),
  time: () => pick([`${int(1, 12)}시 ${int(10, 59)}분`, `${pad(int(0, 23), 2)}:${int(10, 59)}`]),
  order: () => `2025${pad(int(1, 12), 2)}${pad(int(1, 28), 2)}${digits(8)}`,
  order2: () => `2025${pad(int(1, 12), 2)}${pad(int(1, 28), 2)}-${digits(7)}`,
  track: () => `${int(3, 6)}${digits(11)}`,
  trackd: () => `${int(3, 6)}${digits(3)}-${digits(4)}-${digits(4)}`,
  barcode: () => `8801${digits(9)}`,
  model: () =>
    pick([
      `SM-G${int(900, 999)}N`,
      `RT${int(10, 60)}K${digits(4)}S8`,
      `KD-${digits(4)}-${digits(4)}B`,
      `WH-1000XM${int(3, 6)}`,
    ]),
  coupon: () => `${pick(["SALE", "WELCOME"])}-${digits(4)}-${digits(4)}`,
  coupond: () => `${digits(4)}-${digits(4)}-${digits(4)}-${digits(4)}`,
  appr: () => digits(8),
  sku: () => `${pick(["SKU", "P", "A"])}${digits(8)}`,
};

function fill(template) {
  let text = "";
  const spans = [];
  for (const part of template.split(/(\{[^}]+\})/)) {
    const slot = part.slice(1, -1);
    if (!part.startsWith("{")) text += part;
    else if (Object.hasOwn(PLAIN, slot)) text += PLAIN[slot]();
    else {
      const [kind, make] = PERSONAL[slot];
      const value = make();
      spans.push({ kind, start: text.length, end: text.length + value.length });
      text += value;
    }
  }
  return { text, spans };
}

/** Texts written by hand, the personal data in brackets with their kind: [phone|010-…]. */
function readMarked(line) {
  let text = "";
  const spans = [];
  for (const part of line.split(/(\[[A-Za-z]+\|.+?\](?=[^\]a-z]|$))/)) {
    const [, kind, value] = /^\[([A-Za-z]+)\|(.+)\]$/.exec(part) ?? [];
    if (kind) spans.push({ kind, start: text.length, end: text.length + value.length });
    text += value ?? part;
  }
  return { text, spans };
}

function readHandwritten(split) {
  const blocks = readFileSync(here("handwritten.txt"), "utf8").split(/^# /m);
  const block = blocks.find((one) => one.startsWith(`${split}\n`)) ?? "";
  return block.trim().split("\n").slice(1).map(readMarked);
}

const lines = [];
for (const split of ["dev", "test"]) {
  const templates = readFileSync(here(`templates-${split}.txt`), "utf8")
    .trim()
    .split("\n");
  for (const template of [...templates, ...templates])
    lines.push(JSON.stringify({ split, ...fill(template) }));
  for (const line of readHandwritten(split)) lines.push(JSON.stringify({ split, ...line }));
}
writeFileSync(here("reviews.jsonl"), `${lines.join("\n")}\n`);
