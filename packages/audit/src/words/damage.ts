import type { Words } from "@garim/policy";
import type { DamageKind } from "../verify/damage.ts";

/** What is wrong with the log, in words for people. */
export const DAMAGE_WORDS: Readonly<Record<DamageKind, Words>> = Object.freeze({
  changed: { ko: "변조", en: "changed" },
  missing: { ko: "누락", en: "missing" },
  inserted: { ko: "삽입", en: "inserted" },
  reordered: { ko: "순서 변경", en: "reordered" },
  truncated: { ko: "끝부분 삭제", en: "truncated" },
  forked: { ko: "갈라짐", en: "forked" },
  column: { ko: "검색 열 변조", en: "column changed" },
  unreadable: { ko: "읽을 수 없음", en: "unreadable" },
  tree: { ko: "증명 자료 손상", en: "tree damaged" },
  copy: { ko: "외부 사본 손상", en: "copy damaged" },
});
