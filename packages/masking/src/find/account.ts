import { isAhead, isBehind, isNamedOtherwise, isTiedBefore, type NumberMatch } from "./number.ts";
import { HYPHEN, SPACE } from "./read/character.ts";
import { type DigitRun, gapAt, nextEdge } from "./read/run.ts";

const SHORTEST = 10;
const LONGEST = 14;

const BANKS =
  "국민|신한|우리|하나|농협|축협|기업|산업|수협|신협|카카오|카뱅|토스|케이|K|새마을|우체국|SC제일|제일|씨티|부산|대구|iM|광주|전북|경남|제주|저축|KB|IBK|NH|KEB|kakao|toss";
/** 우리, 하나 and 기업 are everyday words: a bank's name counts only right beside the number. */
const BANK_BEFORE = new RegExp(
  `(?<=(?:${BANKS})\\s?(?:은행|뱅크|금고|bank)?\\s?(?:계좌)?\\s?(?:번호)?[\\s:(]{0,3})`,
  "iy",
);
const BANK_AFTER = new RegExp(`[\\s(,/]{0,3}(?:${BANKS})(?:은행|뱅크|금고|\\)|\\s|$)`, "iy");
const WORDS = /(?<=(?:계좌|입금|환불|송금|예금주|통장|이체|은행|뱅크)[^0-9]{0,14})/y;

/** Finds a bank account (계좌번호): ten to fourteen digits that a bank's name or a word about money transfer explains. */
export function matchAccount(run: DigitRun, i: number): NumberMatch | undefined {
  if (run.digits.length - i < SHORTEST || gapAt(run, i) === HYPHEN) return undefined;
  const end = nextEdge(run, i);
  const count = chainEnd(run, i, end) - i;
  if (count < SHORTEST || count > LONGEST || isTiedBefore(run, i)) return undefined;
  if (!isExplained(run, i, count)) return undefined;
  return { kind: "account", count, confidence: gapAt(run, end) === HYPHEN ? "certain" : "likely" };
}

/** Where 110-123-456789 or 110 123 456789 ends whose first group ends at `end`; looks no further than the longest account. */
function chainEnd(run: DigitRun, i: number, end: number): number {
  const gap = gapAt(run, end);
  if (gap !== HYPHEN && (gap !== SPACE || end - i >= SHORTEST)) return end;
  let next = end;
  while (next - i <= LONGEST && gapAt(run, next) === gap) next = nextEdge(run, next);
  return next;
}

function isExplained(run: DigitRun, i: number, count: number): boolean {
  if (isBehind(run, i, BANK_BEFORE)) return true;
  if (isNamedOtherwise(run, i)) return false;
  return isBehind(run, i, WORDS) || isAhead(run, i, count, BANK_AFTER);
}
