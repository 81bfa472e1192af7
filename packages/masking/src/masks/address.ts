import { codeAt } from "../code-unit.ts";
import { addToHash, LONGEST_REGION, REGIONS, type Region } from "./regions.ts";
import { FULL } from "./text.ts";

/** A postcode (우편번호) in front, in any bracket: five digits, or the six of before 2015. */
const POSTCODE = /^[([]?(?:\d{5}|\d{3}-\d{3})[)\]]?(?: |$)/;

const SPACE = 0x20;

/**
 * Masks an address (주소): its leading run of 시·도 and 시·군·구 stays, the rest is `***`, also when there is no rest.
 *
 * @param address - in normal form, not empty
 */
export function maskAddress(address: string): string {
  const text = address.replace(POSTCODE, "");
  const end = regionsEnd(text);
  return end === 0 ? FULL : `${text.slice(0, end)} ${FULL}`;
}

/**
 * Where the leading run of regions in a text ends, exclusive; 0 where it starts with none.
 */
export function regionsEnd(text: string): number {
  let end = 0;
  let level = 0;
  for (let from = 0; from < text.length; from = end + 1) {
    const region = readRegion(text, from);
    if (region === undefined || region.level <= level) return end;
    level = region.level;
    end = from + region.name.length;
  }
  return end;
}

/** The region whose name is the word at `from`. No text is cut out to look it up: addresses are the dearest mask. */
function readRegion(text: string, from: number): Region | undefined {
  const most = Math.min(text.length, from + LONGEST_REGION + 1);
  let hash = 0;
  let end = from;
  for (; end < most; end++) {
    const code = codeAt(text, end);
    if (code === SPACE) break;
    hash = addToHash(hash, code);
  }
  const region = REGIONS.get(hash);
  return region !== undefined && isAt(text, from, end, region.name) ? region : undefined;
}

function isAt(text: string, from: number, end: number, name: string): boolean {
  if (end - from !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (codeAt(text, from + i) !== codeAt(name, i)) return false;
  return true;
}
