import { isLook } from "./look.ts";

/** The forms of values that are no personal data, as a member's name may promise them. */
export type Form =
  | "flag"
  | "amount"
  | "moment"
  | "identifier"
  | "word"
  | "title"
  | "thing"
  | "company"
  | "url";

const DAY = String.raw`(?:19|20)\d{2}(?<mark>[-./]?)(?:0[1-9]|1[0-2])\k<mark>(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`[T ]?(?:[01]\d|2[0-3]):?[0-5]\d(?::?[0-5]\d(?:\.\d{1,9})?)?`;
const MOMENT = new RegExp(String.raw`^${DAY}(?:${TIME})?\s?(?:Z|[+-]\d{2}:?\d{2})?$`);
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2})?$/;
const AMOUNT = /^[-+]?\d{1,3}(?:,?\d{3}){0,4}(?:\.\d{1,6})?\s?[^\d\s]{0,4}$/;
const IDENTIFIER = /^[\x21-\x7e]{1,80}$/;
const FLAG = /^(?:[YNTFOX01]|yes|no|on|off|true|false|예|아니오|유|무)$/i;
const LETTER = /\p{L}/u;
const LONG_NUMBER = /\d[\d -]{5,}\d/;
const URL_LIKE = /^(?:https?:)?\/\/\S+$|^\/\S*$|^\S+\.(?:jpe?g|png|gif|webp|svg)$/i;

/**
 * Whether a text that is not empty has a form. A title may be any words; a thing, of which only the context speaks, is no
 * person's name.
 */
export const FITS: Readonly<Record<Form, (text: string) => boolean>> = {
  flag: (text) => FLAG.test(text),
  amount: (text) => AMOUNT.test(text),
  moment: (text) => isMomentText(text) || CLOCK.test(text),
  identifier: (text) => IDENTIFIER.test(text),
  word: (text) => text.length <= 40 && !LONG_NUMBER.test(text),
  title: (text) => LETTER.test(text),
  thing: (text) => LETTER.test(text) && !isLook("name", text),
  company: (text) => LETTER.test(text) && !LONG_NUMBER.test(text),
  url: (text) => URL_LIKE.test(text),
};

/** Whether a text is a day, with or without a time and a zone, of 1900 to 2099. */
export function isMomentText(text: string): boolean {
  return MOMENT.test(text);
}

/** A day without a time, before shops of today took orders: rather somebody's birth. */
export function isOldDay(text: string): boolean {
  return text.length <= 10 && isMomentText(text) && Number(text.slice(0, 4)) < 2012;
}
