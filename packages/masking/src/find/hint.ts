import { isLetterAt, unitAt } from "./read/character.ts";

/** The character in front says nothing. */
const NOTHING = 0;
/** A word ends in front that an address may have: 테헤란로, 역삼동, 지하. */
export const ADDRESS_HINT = 1;
/** A letter stands in front, a hyphen between or not: P012345678901, P-0123-…, M12345678, B02호. */
export const LETTER_HINT = 2;
const HYPHEN_HINT = 3;

/** By UTF-16 unit; asked at every number of a text, so one table answers for all kinds. */
const HINTS = new Uint8Array(0x1_0000);
const SPACE = 0x20;
/** 으로 is a particle, no road. */
const PARTICLE = "으".charCodeAt(0);

function put(characters: string, hint: number): void {
  for (let i = 0; i < characters.length; i++) HINTS[characters.charCodeAt(i)] = hint;
}

put("로길동리가읍면산하", ADDRESS_HINT);
put("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", LETTER_HINT);
put("-", HYPHEN_HINT);

/** What stands in front of the digits at `start` hints at, so that only few numbers are looked at closely. */
export function hintBefore(text: string, start: number): number {
  const last = unitAt(text, start - 1);
  if (last === SPACE) return addressHint(text, start - 2);
  const hint = HINTS[last];
  if (hint === ADDRESS_HINT) return addressHint(text, start - 1);
  return hint === LETTER_HINT || (hint === HYPHEN_HINT && isLetterAt(text, start - 2))
    ? LETTER_HINT
    : NOTHING;
}

function addressHint(text: string, index: number): number {
  const isWord = HINTS[unitAt(text, index)] === ADDRESS_HINT && unitAt(text, index - 1) !== PARTICLE;
  return isWord ? ADDRESS_HINT : NOTHING;
}
