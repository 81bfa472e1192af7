import { isAhead, isBehind } from "../number.ts";
import type { DigitRun } from "../read/run.ts";

/** Words in front of a number that say it is a phone's. */
export const PHONE_WORDS: RegExp =
  /(?<=(?:전화|연락|핫라인|문의|상담|센터|콜|휴대|핸드폰|폰|카톡|문자|대표|팩스|ARS|tel|phone|mobile|hp|h\.p|fax|☎|☏|📞|📱)[^0-9]{0,10})/iy;

/** Words behind a number that say the same: 1588 1234로 전화, 1600 0123 대표번호. */
export const PHONE_WORDS_AFTER: RegExp =
  /[^0-9\n,.]{0,8}(?:전화|연락|통화|문자|카톡|팩스|대표번호|고객센터|콜센터)|번?(?:으로|로|에) ?(?:문의|상담)/y;

/** Whether words on either side say that `count` digits from digit `i` are a phone's. */
export function isCalled(run: DigitRun, i: number, count: number): boolean {
  return isBehind(run, i, PHONE_WORDS) || isAhead(run, i, count, PHONE_WORDS_AFTER);
}
