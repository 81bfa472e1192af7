import { describe, expect, it } from "vitest";
import { addToHash, LONGEST_REGION, REGIONS } from "./regions.ts";

describe("REGIONS", () => {
  it("holds every region: no two names share a hash", () => {
    const levels = [...REGIONS.values()].map(({ level }) => level);
    expect([1, 2, 3].map((level) => levels.filter((it) => it === level).length)).toEqual([44, 77, 170]);
  });

  it("finds each name by its own hash", () => {
    for (const { name } of REGIONS.values()) {
      const hash = [...name].reduce((sum, letter) => addToHash(sum, letter.charCodeAt(0)), 0);
      expect(REGIONS.get(hash)?.name).toBe(name);
    }
  });

  it("holds names of composed syllables only, none longer than the scan", () => {
    for (const { name } of REGIONS.values()) expect(name).toMatch(/^[가-힣]{2,7}$/);
    expect(LONGEST_REGION).toBe(7);
  });
});
