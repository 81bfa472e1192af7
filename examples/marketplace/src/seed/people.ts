import type { Random } from "./random.ts";

const FAMILY_NAMES = [
  "김",
  "이",
  "박",
  "최",
  "정",
  "강",
  "조",
  "윤",
  "장",
  "임",
  "한",
  "오",
  "남궁",
  "선우",
  "황보",
] as const;
const GIVEN_NAMES = [
  "민준",
  "서연",
  "도윤",
  "지우",
  "하준",
  "서준",
  "은우",
  "수아",
  "지민",
  "예준",
  "솔",
  "빛나",
  "한별",
  "온유",
] as const;

/** Names no Korean form expects: other scripts, several words, apostrophes, one letter, spaces within. */
const RARE_NAMES = [
  "Nguyễn Thị Minh",
  "Trần Văn Huy",
  "John Smith",
  "Kate O'Brien",
  "Anna-Maria López",
  "王小明",
  "李娜",
  "欧阳修远",
  "이",
  "김  철수",
  "박 지 영",
] as const;

const COMPANIES = [
  "(주)한빛물산",
  "주식회사 다온상사",
  "가온디자인 유한회사",
  "서울꽃집",
  "Haneul Trading Co., Ltd.",
] as const;

const PLACES = [
  ["06134", "서울특별시 강남구 테헤란로"],
  ["04038", "서울 마포구 양화로"],
  ["13561", "경기도 성남시 분당구 불정로"],
  ["16490", "경기 수원시 영통구 광교중앙로"],
  ["48058", "부산광역시 해운대구 센텀중앙로"],
  ["34134", "대전광역시 유성구 대학로"],
  ["30151", "세종특별자치시 한누리대로"],
  ["54896", "전북특별자치도 전주시 덕진구 건지로"],
  ["63122", "제주특별자치도 제주시 노형로"],
] as const;

const ESTATES = ["래미안", "푸르지오", "자이", "힐스테이트", "아이파크"] as const;

const MEMOS = [
  "문 앞에 놓아주세요",
  "부재시 경비실에 맡겨주세요",
  "배송 전 연락 바랍니다",
  "택배함에 넣어주세요",
  "벨 누르지 말아주세요 (아기 자요)",
] as const;

/** How people write a mobile number, a safe number or a landline into a form. */
const PHONE_FORMS: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  (random) => `010-${digits(random, 4)}-${digits(random, 4)}`,
  (random) => `010-${digits(random, 4)}-${digits(random, 4)}`,
  (random) => `010-${digits(random, 4)}-${digits(random, 4)}`,
  (random) => `010${digits(random, 8)}`,
  (random) => `010 ${digits(random, 4)} ${digits(random, 4)}`,
  (random) => `+82 10-${digits(random, 4)}-${digits(random, 4)}`,
  (random) => ` 010-${digits(random, 4)}-${digits(random, 4)} `,
  (random) => `0507-${digits(random, 4)}-${digits(random, 4)}`,
  (random) => `02-${digits(random, 3)}-${digits(random, 4)}`,
  (random) => `031-${digits(random, 3)}-${digits(random, 4)}`,
];

export function makeName(random: Random): string {
  if (random.chance(8)) return random.pick(RARE_NAMES);
  return random.pick(FAMILY_NAMES) + random.pick(GIVEN_NAMES);
}

export function makePhone(random: Random): string {
  return random.pick(PHONE_FORMS)(random);
}

export function makeEmail(random: Random, id: string): string {
  return `${id}.${digits(random, 3)}@${random.pick(["example.com", "example.net", "mail.example.org"])}`;
}

export function makeCompany(random: Random): string | null {
  return random.chance(6) ? random.pick(COMPANIES) : null;
}

export function makeAddress(random: Random): { readonly postcode: string; readonly address: string } {
  const [postcode, road] = random.pick(PLACES);
  const home = `${random.pick(ESTATES)} ${random.whole(101, 120)}동 ${random.whole(1, 25)}0${random.whole(1, 4)}호`;
  return { postcode, address: `${road} ${random.whole(1, 400)}, ${home}` };
}

/** Personal customs code (개인통관고유부호), for what comes from abroad. */
export function makeCustomsCode(random: Random): string | null {
  return random.chance(12) ? `P${digits(random, 12)}` : null;
}

/** A delivery memo; some hold what no schema can foresee: door codes, another person's phone. */
export function makeMemo(random: Random): string | null {
  if (random.chance(30)) return null;
  if (random.chance(10)) return `공동현관 #${digits(random, 4)}* 누르고 들어오세요`;
  if (random.chance(10)) return `부재시 ${makePhone(random).trim()} 로 연락주세요`;
  return random.pick(MEMOS);
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, (_, i) => random.whole(i === 0 ? 2 : 0, 9)).join("");
}
