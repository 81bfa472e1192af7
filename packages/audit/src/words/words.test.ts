import { readFileSync } from "node:fs";
import { SUBJECT_TYPES, type Words } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { ACCESS_ACTIONS, ACCESS_OUTCOMES, ACTOR_KINDS } from "../access.ts";
import { LOG_COLUMNS } from "../export/columns.ts";
import { ACTION_WORDS } from "./actions.ts";
import { DAMAGE_WORDS } from "./damage.ts";
import { ACTOR_WORDS, OUTCOME_WORDS, SUBJECT_WORDS } from "./kinds.ts";
import { koreanMoment, koreanTime } from "./korean-time.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("the words", () => {
  it.each<[string, Readonly<Record<string, Words>>, readonly string[]]>([
    ["actions", ACTION_WORDS, ACCESS_ACTIONS],
    ["outcomes", OUTCOME_WORDS, ACCESS_OUTCOMES],
    ["kinds of actors", ACTOR_WORDS, ACTOR_KINDS],
    ["kinds of subjects", SUBJECT_WORDS, SUBJECT_TYPES],
    ["kinds of damage", DAMAGE_WORDS, Object.keys(DAMAGE_WORDS)],
  ])("for %s leave none out, and no two are the same", (_, words, codes) => {
    expect(Object.keys(words).toSorted()).toEqual([...codes].toSorted());
    for (const { ko, en } of Object.values(words)) {
      expect(ko).toMatch(/[가-힣]/);
      expect(en).toMatch(/^[A-Za-z',. -]+$/);
    }
    for (const language of ["ko", "en"] as const)
      expect(new Set(Object.values(words).map((one) => one[language])).size).toBe(codes.length);
  });

  it("for actions are those of the README", () => {
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| ([가-힣 ]+?) +\|/gm)].map(([, action, ko]) => [
      action,
      ko,
    ]);
    expect(rows).toEqual(Object.entries(ACTION_WORDS).map(([action, { ko }]) => [action, ko]));
  });

  it("head columns, the five of the notice by its own names", () => {
    const headings = LOG_COLUMNS.map(({ heading }) => heading.ko);
    expect(new Set(headings).size).toBe(headings.length);
    expect(headings).toEqual(
      expect.arrayContaining(["식별자", "접속일시", "접속지", "처리한 정보주체", "수행업무"]),
    );
  });
});

describe("koreanTime", () => {
  it.each([
    ["2026-11-22T09:00:00.123Z", "2026-11-22T18:00:00.123+09:00"],
    ["2026-12-31T15:00:00.000Z", "2027-01-01T00:00:00.000+09:00"],
  ])("says %s as %s", (utc, korean) => {
    expect(koreanTime(Date.parse(utc))).toBe(korean);
    expect(Date.parse(korean)).toBe(Date.parse(utc));
  });
});

describe("koreanMoment", () => {
  it.each([
    ["2026-11-22T09:00:00.123Z", "2026년 11월 22일 18:00", "22 November 2026, 18:00 KST"],
    ["2026-12-31T14:59:59.999Z", "2026년 12월 31일 23:59", "31 December 2026, 23:59 KST"],
    ["2026-12-31T15:00:00.000Z", "2027년 1월 1일 00:00", "1 January 2027, 00:00 KST"],
  ])("says %s as people in Korea write it", (utc, ko, en) => {
    expect(koreanMoment(Date.parse(utc), "ko")).toBe(ko);
    expect(koreanMoment(Date.parse(utc), "en")).toBe(en);
  });
});
