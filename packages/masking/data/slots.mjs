// What the templates are filled in with. Nobody is in it: mobile numbers lie in exchanges that are not given out (010-0…,
// 010-1…), births before 1916, cards in issuers' test ranges.

function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

let random = createRandom(0);

/** Starts the random numbers anew, so that a line is filled in alike whatever stands around it. */
export function seedWith(text) {
  let seed = 20261122;
  for (const letter of text) seed = Math.imul(seed ^ letter.codePointAt(0), 0x01000193);
  random = createRandom(seed);
}

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
/** No exchange starts with 1, but people's typing errors do. */
const oddLandline = () => [pick(["02", "031", "051", "053", "062"]), `1${digits(3)}`, digits(4)];
const SHORT_NUMBERS = [
  "112",
  "119",
  "110",
  "118",
  "120",
  "182",
  "1330",
  "1345",
  "1350",
  "1372",
  "1382",
  "1399",
];
const spell = (text, words) => [...text].map((c) => words[c] ?? c).join("");
const WORDS = Object.fromEntries([..."공일이삼사오육칠팔구"].map((word, i) => [i, word]));
const MORE_WORDS = { ...WORDS, 0: "영" };
const SCRIPTS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "⓪①②③④⑤⑥⑦⑧⑨"].map((script) =>
  Object.fromEntries([...script].map((word, i) => [i, word])),
);
const FULL = Object.fromEntries([..."０１２３４５６７８９"].map((word, i) => [i, word]));
const spellSome = (text) => [...text].map((c) => (random() < 0.5 ? (WORDS[c] ?? c) : c)).join("");

const EMAIL_NAMES = ["garim.test", "sun_flower", "k-mart", "happy", "abc"];
const DOMAINS = ["naver.com", "gmail.com", "daum.net", "hanmail.net", "kakao.com", "shop.example.co.kr"];
const DOMAIN_WORDS = ["네이버", "지메일", "다음", "네이버 닷컴", "naver.com", "gmail 점 com"];
const email = () => [`${pick(EMAIL_NAMES)}${int(10, 9999)}`, pick(DOMAINS)];

const DOTS = ["(dot)", "[dot]", "{dot}", " dot ", "점", " 점 ", "쩜", "."];

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
export const PERSONAL = {
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
  rep_: ["phone", () => representative().join(" ")],
  telodd: ["phone", () => oddLandline().join("")],
  m82g: [
    "phone",
    () =>
      `82${mobile()
        .join(pick(["-", " ", "."]))
        .slice(1)}`,
  ],
  m82w: ["phone", () => `82${mobile().join("").slice(1)}`],
  mdot: ["phone", () => mobile().join(pick(["ㆍ", "•", "‧", "|", "★", "～", "^", "／", " / "]))],
  mscript: ["phone", () => spell(mobile().join("-"), pick(SCRIPTS))],
  mline: ["phone", () => pick([mobile().join("\n"), [...mobile().join("")].join("\n")])],
  short: ["phone", () => pick(SHORT_NUMBERS)],
  e: ["email", () => email().join("@")],
  efull: ["email", () => email().join("＠")],
  esp: ["email", () => email().join(" @ ")],
  egol: ["email", () => `${pick(EMAIL_NAMES)}${int(10, 999)} 골뱅이 ${pick(DOMAIN_WORDS)}`],
  eat: ["email", () => email().join(pick(["(at)", " (at) ", "[at]"]))],
  edot: [
    "email",
    () => {
      const [name, domain] = email();
      return `${name}${pick(["@", "(at)", "[at]", "골뱅이"])}${domain.replaceAll(".", pick(DOTS))}`;
    },
  ],
  eword: [
    "email",
    () =>
      email()
        .join(" at ")
        .replaceAll(".", pick([" dot ", "."])),
  ],
  ecomma: [
    "email",
    () =>
      email()
        .join(pick(["@", "ⓐ", "﹫"]))
        .replace(".com", pick([",com", "。com"])),
  ],
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
export const PLAIN = {
  n: () => String(int(2, 12)),
  price,
  /** Sizes of children's clothes, heights, days. */
  size: () => String(int(10, 19) * 10 + pick([0, 0, 2, 9])),
  /** Looks like the public short numbers of four digits. */
  four: () => `13${digits(2)}`,
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
