import {
  listMissingContents,
  NOTICE_CONTENTS,
  NOTICE_WORDS,
  type NoticeContent,
  withTopic,
} from "@garim/policy";
import type { FiledLeak } from "./leak.ts";

/** What goes out: the seven contents, as far as they are known. */
export interface WrittenNotice {
  readonly text: string;
  readonly missing: readonly NoticeContent[];
}

/**
 * Writes a notice of what is known, in Korean and English. What nobody wrote yet is said to follow: nothing in it is to be filled in.
 *
 * @source pipa/34-1, pipa/34-2
 */
export function writeNotice({ contents, facts }: FiledLeak, company: string): WrittenNotice {
  const missing = listMissingContents(Object.keys(contents));
  const isPossible = facts.isPossibleOnly;
  const lines = NOTICE_CONTENTS.flatMap((content, i) => {
    const { ko, en } = NOTICE_WORDS[content];
    return [`${i + 1}. ${ko} (${en})`, `   ${contents[content] ?? FOLLOWS}`, ""];
  });
  const text = [
    isPossible
      ? "개인정보 유출 가능성 통지 (Notice of a possible leak)"
      : "개인정보 유출 통지 (Notice of a leak)",
    "",
    isPossible
      ? `${withTopic(company)} 귀하의 개인정보가 유출되었을 가능성이 있음을 알게 되어 아래와 같이 알려 드립니다.`
      : `${withTopic(company)} 귀하의 개인정보가 유출된 사실을 알게 되어 아래와 같이 알려 드립니다. 깊이 사과드립니다.`,
    isPossible
      ? `${company} has learned that your personal data may have leaked, and tells you the following.`
      : `${company} has learned that your personal data has leaked, and tells you the following. We apologise.`,
    ...(missing.length === 0 ? [] : [PARTIAL]),
    "",
    ...lines,
  ].join("\n");
  return { text: `${text.trimEnd()}\n`, missing };
}

const FOLLOWS = "확인되는 대로 이어서 알려 드립니다. (Follows as it becomes known.)";
const PARTIAL =
  "※ 지금까지 확인된 내용의 1차 안내입니다. (A first notice of what is known by now; the rest follows.)";
