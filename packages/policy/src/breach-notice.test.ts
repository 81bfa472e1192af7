import { describe, expect, it } from "vitest";
import { findSoftWords, listMissingContents, NOTICE_CONTENTS, NOTICE_WORDS } from "./breach-notice.ts";

describe("listMissingContents", () => {
  it("[pipa/34-1] knows seven contents and names those that are still to come", () => {
    expect(NOTICE_CONTENTS).toHaveLength(7);
    expect(listMissingContents([])).toEqual(NOTICE_CONTENTS);
    expect(listMissingContents(["decree", "items", "contact", "else"])).toEqual([
      "circumstances",
      "selfProtection",
      "response",
      "redress",
    ]);
    expect(listMissingContents(NOTICE_CONTENTS)).toEqual([]);
  });

  it("[pipa/34-1] has words for each, in both languages", () => {
    expect(NOTICE_CONTENTS.map((content) => NOTICE_WORDS[content].ko)).toEqual([
      "유출된 개인정보의 항목",
      "유출된 시점과 경위",
      "정보주체가 할 수 있는 피해 최소화 방법",
      "대응 조치와 피해 구제 절차",
      "신고를 받는 담당 부서와 연락처",
      "손해배상, 법정손해배상, 분쟁조정의 권리와 그 방법",
      "그 밖에 시행령이 정한 사항",
    ]);
    const english = NOTICE_CONTENTS.map((content) => NOTICE_WORDS[content].en);
    expect(new Set(english.filter((words) => words !== "")).size).toBe(7);
  });
});

describe("findSoftWords", () => {
  it("[garim/wording] finds words that play a leak down", () => {
    expect(findSoftWords("개인정보가 노출되었습니다. Data was Exposed; an exposure.")).toEqual([
      "노출",
      "Exposed",
      "exposure",
    ]);
  });

  it("[garim/wording] takes a notice that says leak", () => {
    expect(findSoftWords("개인정보가 유출되었습니다. Data leaked; see the expo.")).toEqual([]);
  });
});
