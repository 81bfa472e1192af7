/** What made-up orders are made of. */
type Words<T> = readonly [T, ...T[]];

export const SURNAMES: Words<string> = ["김", "이", "박", "최", "정", "강", "조", "윤", "남궁"];

export const GIVEN_NAMES: Words<string> = ["가상", "시험", "예시", "보기", "연습", "모의", "견본", "임시"];

/** Postcode and street: no town has either. */
export const ADDRESSES: Words<readonly [postcode: string, street: string]> = [
  ["00001", "서울특별시 중구 가상로"],
  ["00002", "부산광역시 해운대구 시험로"],
  ["00003", "제주특별자치도 제주시 예시로"],
];

export const PRODUCTS: Words<readonly [name: string, won: number]> = [
  ["견본 꿀고구마 3kg", 19_900],
  ["견본 니트 가디건", 39_800],
  ["견본 무선 이어폰", 89_000],
  ["견본 원목 도마", 33_000],
];
