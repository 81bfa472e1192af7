import { find, scrub } from "@garim/masking";
import fc from "fast-check";
import { scan } from "../../../packages/masking/src/find/find.ts";
import type { Target } from "../target.ts";

const PIECES = [
  "010",
  "-",
  "1234",
  "5678",
  "９１７３",
  "공일공",
  "@",
  "naver.com",
  ".",
  "서울시 강남구 테헤란로 12",
  "101동",
  "203호",
  "계좌",
  "국민은행",
  "110-123-456789",
  "900101-1234567",
  "\u200b",
  "\u00a0",
  "\ud800",
  "전화",
  "ⓐ",
  "𝟎𝟏𝟎",
  "(",
  ")",
  " ",
  "\n",
  "주민",
  "여권 M12345678",
  "0",
  "영",
];

/** What stands for everything scrubbed. */
const SCRUBBED = "***";

/** More than the scanner itself is known to take of any text (find.test.ts measures it closer). */
const STEPS_PER_UNIT = 64;

/** The finder of personal data in free text, and what is made of its finds. */
export const FINDER: Target = {
  name: "finder",
  inputs: fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .tuple(fc.constantFrom(...PIECES), fc.integer({ min: 1, max: 400 }))
      .map(([part, count]) => part.repeat(count)),
  ),
  check(input) {
    const text = String(input);
    let end = 0;
    for (const one of find(text)) {
      if (!(one.start >= end && one.end > one.start && one.end <= text.length))
        throw new Error(`found ${one.start} to ${one.end} after ${end}, of ${text.length}`);
      end = one.end;
    }
    const clean = scrub(text);
    if (scrub(clean) !== clean) throw new Error("what was scrubbed is scrubbed again");
    if (clean !== SCRUBBED && find(clean).some(({ kind }) => kind !== "businessNumber"))
      throw new Error("what was scrubbed holds personal data");
    const { steps } = scan(text);
    if (steps > STEPS_PER_UNIT * (text.length + 1))
      throw new Error(`${steps} steps for ${text.length} letters`);
  },
};
