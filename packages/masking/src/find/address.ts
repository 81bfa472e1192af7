import { type Found, found } from "./found.ts";
import { isDigitAt, unitAt } from "./read/character.ts";
import { endOfForm, isBeside, startOfForm } from "./read/form.ts";
import { CITY, PROVINCE } from "./region.ts";

const GAP = "[ ,]{0,2}";
const REGION = `(?:(?<![가-힣])${PROVINCE}${GAP}(?:${CITY}${GAP}){0,2}|(?<![가-힣])(?:${CITY}${GAP}){1,2})`;
const TOWN = "[가-힣]{1,5}[0-9]{0,2}(?:읍|면|동|가|리)";
const ROAD = "[가-힣A-Za-z0-9]{1,12}(?:로|길)";
const BUILDING = "(?:[가-힣A-Za-z0-9]{2,12} ){0,2}";

/** What may stand in front of the number, read backwards from it. The capture is the whole of it. */
const IN_FRONT = new RegExp(`(?<=(${REGION}(?:${TOWN}${GAP}){0,2}(?:${ROAD}|${TOWN}) ?(?:산 ?)?))`, "y");
const BARE_ROAD = /(?<=((?<![가-힣])[가-힣]{2,10}(?:대로|로|길) ?))/y;
const BEFORE_UNIT = new RegExp(`(?<=(${REGION}(?:${TOWN}${GAP}){0,2}${BUILDING}))`, "y");
const LETTER_BUILDING = /(?<=((?<![가-힣A-Za-z0-9])[A-Za-z가나다라마바사]동 ?(?:지하 ?|[Bb])?))/y;

/** 152, 12-3, 산 12, 12번길 5, 23길 12; not a quantity. */
const NUMBER =
  /\d{1,5}(?:-\d{1,4})?(?:번?길 ?\d{1,4}(?:-\d{1,4})?)?(?:번지)?(?!\d|[-,.]\d| ?(?:개|일(?!원|대)|번(?!지|길)|시(?!청|민|장|립)|원|년|월|분|명|장|병|박|회|세트|팩|캔|주|만|천|백|배|점|위|차|도|급|kg|g|ml|cm|mm|m|%|~))/y;
const DETAIL_UNIT = "(?:\\d{1,4}-\\d{1,4}호|\\d{1,4}(?:동|호|층|단지))";
const DETAIL = new RegExp(
  `(?:[ ,]{0,2}\\([^()\\n]{1,30}\\))?(?:[ ,(]{0,3}(?:[가-힣A-Za-z0-9]{2,12}[ ,]{1,2}){0,1}[가-힣A-Za-z]{0,14} ?${DETAIL_UNIT}(?:[ ,]{0,2}${DETAIL_UNIT}){0,3})?`,
  "y",
);

/** 101동 1203호, 101-1203호; not 2018-1203호, which numbers a document. */
const UNIT =
  /\d{1,4}동[ ,]{0,2}(?:\d{1,2}층[ ,]{0,2})?\d{1,5}호|(?<!제 ?)(?!(?:19|20)\d\d-)[1-9]\d{2,3}-[1-9]\d{2,3}호/y;
const ROOM = /\d{2,4}호/y;
const ADDRESS_WORDS = /(?<=(?:주소|배송지|수거지|보내|살고|사는|이사|집은|집이)[^0-9]{0,14})/y;
const HYPHEN = 0x2d;
const BUILDING_AFTER = "동".charCodeAt(0);

/** Whether the digits at `start` are a building's: 101동, 101-1203호. */
export function isBuilding(text: string, start: number): boolean {
  let i = start;
  while (i < start + 4 && isDigitAt(text, i)) i++;
  return isBuildingAt(text, i) || (unitAt(text, i) === HYPHEN && endOfForm(UNIT, text, start) !== -1);
}

/** Whether 동 stands at an index. */
export function isBuildingAt(text: string, index: number): boolean {
  return unitAt(text, index) === BUILDING_AFTER;
}

/**
 * Finds an address (주소) by the first number in it: road (도로명), lot (지번), or building and room (동·호).
 *
 * A region alone is none: 강남구 says where, not who.
 *
 * @param start - index of the number's first digit
 * @param floor - index before which nothing may be taken, inclusive
 */
export function findAddress(text: string, start: number, floor: number): Found | undefined {
  return findNumbered(text, start, floor) ?? findUnit(text, start, floor);
}

function findNumbered(text: string, start: number, floor: number): Found | undefined {
  const numberEnd = endOfForm(NUMBER, text, start);
  if (numberEnd === -1) return undefined;
  const end = endOfForm(DETAIL, text, numberEnd);
  const from = startOfForm(IN_FRONT, text, start);
  if (from !== -1) return found("address", Math.max(from, floor), end, "certain");
  const bare = startOfForm(BARE_ROAD, text, start);
  if (bare < floor || !(end > numberEnd || isBeside(text, bare, ADDRESS_WORDS))) return undefined;
  return found("address", bare, end, "likely");
}

function findUnit(text: string, start: number, floor: number): Found | undefined {
  const end = endOfForm(UNIT, text, start);
  if (end !== -1) return found("address", Math.max(floor, frontOfUnit(text, start)), end, "likely");
  const letter = startOfForm(LETTER_BUILDING, text, start);
  const roomEnd = letter < floor ? -1 : endOfForm(ROOM, text, start);
  return roomEnd === -1 ? undefined : found("address", letter, roomEnd, "likely");
}

function frontOfUnit(text: string, start: number): number {
  const from = startOfForm(BEFORE_UNIT, text, start);
  return from === -1 ? start : from;
}
