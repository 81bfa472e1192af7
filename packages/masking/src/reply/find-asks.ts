import type { Place } from "./find-names.ts";

/** What is asked for. */
const WHAT =
  "(?:전화 ?번호|휴대폰(?: ?번호)?|핸드폰(?: ?번호)?|폰 ?번호|연락처|카카오톡(?: ?아이디)?|카톡(?: ?아이디)?|이메일|메일 ?주소|계좌(?: ?번호)?|주소지?|성함|주민(?:등록)? ?번호|phone number|e-?mail address|contact (?:details|number))";
/** How it is asked for: to be given, not thanked for or looked at. */
const ASKING =
  "(?:알려|남겨|적어|공유(?:해)?|보내|불러|말씀(?:해)?|입력(?:해)?|회신(?:해)?|답장(?:해)?) ?(?:주세요|주십시오|주시면|주시기|주시겠|주실|줘|달라|부탁)|(?:기재|회신|공유|입력|작성) ?바랍니다|어떻게 되|뭐예요|무엇인가요|뭔가요";
/** Between both, within one sentence. */
const BETWEEN = "[^.!?\\n]{0,16}?";
/** Asked to be looked at or changed, it is not asked for. */
const NOT_LOOKED_AT = "(?:(?!확인|변경|수정|관리)[^.!?\\n]){0,10}?";

const FORWARD = new RegExp(`${WHAT}(?:${BETWEEN}(?:${ASKING})|${NOT_LOOKED_AT}부탁)`, "giu");
const ENGLISH =
  /(?:send|give|tell|leave|share|text)[^.!?\n]{0,24}?(?:phone number|e-?mail address|contact (?:details|number)|mobile number)/giu;

/** Finds where a folded text asks its reader for contact data or the like. */
export function findAsks(text: string): readonly Place[] {
  return [FORWARD, ENGLISH].flatMap((form) =>
    [...text.matchAll(form)].map(({ index, 0: all }) => ({ start: index, end: index + all.length })),
  );
}
