import { describe, expect, it } from "vitest";
import { findLanguage } from "./language.ts";

describe("findLanguage", () => {
  it.each([
    [undefined, {}, "en"],
    [undefined, { LANG: "ko_KR.UTF-8" }, "ko"],
    [undefined, { LANG: "ko" }, "ko"],
    [undefined, { LANG: "kok_IN" }, "en"],
    [undefined, { LANG: "ko_KR", LC_ALL: "C" }, "en"],
    [undefined, { LANG: "C", LC_MESSAGES: "ko_KR", LC_ALL: "" }, "ko"],
    ["en", { LANG: "ko_KR" }, "en"],
    ["ko", {}, "ko"],
  ] as const)("asked %s in %j: %s", (asked, env, expected) => {
    expect(findLanguage(asked, { env })).toBe(expected);
  });
});
