import type { NumberMatch } from "../number.ts";
import type { DigitRun } from "../read/run.ts";
import { matchAbroad } from "./abroad.ts";
import { matchCutMobile, matchMobile } from "./mobile.ts";
import { matchNational } from "./national.ts";
import { matchRepresentative } from "./representative.ts";

/** Finds a phone number (전화번호): mobile, safe, internet, landline, representative; also with the country code. */
export function matchPhone(run: DigitRun, i: number): NumberMatch | undefined {
  switch (run.digits[i]) {
    case "0":
      return matchMobile(run, i) ?? matchNational(run, i) ?? matchAbroad(run, i);
    case "1":
      return matchRepresentative(run, i) ?? matchCutMobile(run, i);
    case "8":
      return matchAbroad(run, i);
    default:
      return undefined;
  }
}
