import { wordsOf } from "./words.ts";

/** What kinds of those who act are called. */
const KINDS: Readonly<Record<string, string>> = wordsOf<Record<string, string>>(
  {
    staff: "담당자",
    tool: "셀러툴",
    operator: "운영자",
    courier: "배송 담당",
    auditor: "점검자",
    anonymous: "미확인",
    system: "시스템",
  },
  {
    staff: "staff",
    tool: "tool",
    operator: "operator",
    courier: "couriers' desk",
    auditor: "auditor",
    anonymous: "nobody known",
    system: "the system",
  },
);

/** Who did something, in words. @param doer - as registers and tallies write it down: `operator oscar` */
export function doerText(doer: string): string {
  const [kind = "", ...id] = doer.split(" ");
  return Object.hasOwn(KINDS, kind) && id.length > 0 ? `${KINDS[kind]} ${id.join(" ")}` : doer;
}
