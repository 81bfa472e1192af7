import { describe, expect, it } from "vitest";
import type { FiledLeak } from "./leak.ts";
import { writeNotice } from "./write-notice.ts";

describe("writeNotice", () => {
  it.each([
    [true, "가림마켓", "가림마켓은 귀하의 개인정보가 유출되었을 가능성이"],
    [false, "가림마켓", "가림마켓은 귀하의 개인정보가 유출된"],
    [false, "(주)우리가게", "(주)우리가게는 귀하의 개인정보가 유출된"],
  ])("says who writes as Korean does: possible only %s, %s", (isPossibleOnly, company, sentence) => {
    const leak = { contents: {}, facts: { isPossibleOnly } } as FiledLeak;
    expect(writeNotice(leak, company).text).toContain(sentence);
  });
});
