import { describe, expect, it } from "vitest";
import { LEAK_CHECKS, LEAK_KIND_WORDS, LEAK_KINDS } from "./breach-check.ts";
import { findSoftWords } from "./breach-notice.ts";

describe("LEAK_CHECKS", () => {
  it.each(LEAK_KINDS)("[pipa/34-1] has a list for %s, each thing once, in Korean and English", (kind) => {
    const checks = LEAK_CHECKS[kind];
    const ids = checks.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { words } of checks)
      expect([/[가-힣]/.test(words.ko), /^[A-Z]/.test(words.en)]).toEqual([true, true]);
  });

  it.each(LEAK_KINDS)("[pipa/34-1] begins %s with keeping records, the scope, and recipients", (kind) => {
    expect(LEAK_CHECKS[kind].slice(0, 3).map(({ id }) => id)).toEqual(["hold", "scope", "recipients"]);
    expect(findSoftWords(JSON.stringify([LEAK_CHECKS[kind], LEAK_KIND_WORDS[kind]]))).toEqual([]);
  });
});
