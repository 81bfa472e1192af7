import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chain, file, single } from "../../test/key-samples.ts";
import type { KeyFile } from "../keys/key-file.ts";
import { listKeys } from "../keys/listing.ts";
import { monthsBetween } from "../keys/month.ts";
import { keysOf } from "../keys/subject-keys.ts";
import { forgetKeys, type KeyNeed } from "./forget-keys.ts";

const NOW = Date.parse("2026-11-20T00:00:00Z");
const FILE = file({ subjects: [chain("aaaa", "2024-05", 1)] });

const forget = (from: KeyFile, need: Partial<KeyNeed>) =>
  forgetKeys(from, { upTo: "2024-06", left: [], held: [], now: NOW, ...need });
const MONTHS = monthsBetween("2024-05", "2025-04");
/** Every month's key that a file gives, by month. */
const keysByMonth = (one: KeyFile) =>
  new Map(
    keysOf(one.subjects, "2026-11").map(({ id, key }) => [id.slice(0, 7), Buffer.from(key).toString("hex")]),
  );
const monthsOf = (one: KeyFile) =>
  listKeys(one, NOW)
    .filter(({ kind }) => kind === "subjects")
    .map(({ months }) => months);

describe("forgetKeys", () => {
  it("forgets every month up to the last that is destroyed, and nothing the second time", () => {
    const once = forget(FILE, {});
    expect(once.forgotten).toEqual({ months: ["2024-05", "2024-06"], held: [], hasSingleKey: false });
    expect(monthsOf(once.file)).toEqual([["2024-07", "2026-11"]]);
    const twice = forget(once.file, {});
    expect(twice.forgotten.months).toEqual([]);
    expect(twice.file).toEqual(once.file);
  });

  it("keeps the key of a held month and of those beside it, each alone, until it is released and gone", () => {
    const need = { upTo: "2024-09", left: ["2024-07", "2024-10"] };
    const held = forget(FILE, { ...need, held: ["2024-07"] });
    expect(held.forgotten).toMatchObject({ months: ["2024-05", "2024-09"], held: ["2024-06", "2024-08"] });
    expect(monthsOf(held.file)).toEqual([
      ["2024-10", "2026-11"],
      ["2024-06", "2024-06"],
      ["2024-07", "2024-07"],
      ["2024-08", "2024-08"],
    ]);
    expect(forget(held.file, { ...need, held: ["2024-07"] }).forgotten.months).toEqual([]);
    const released = forget(held.file, { ...need, left: ["2024-10"] });
    expect(released.forgotten.months).toEqual(["2024-06", "2024-07", "2024-08"]);
    expect(monthsOf(released.file)).toEqual([["2024-10", "2026-11"]]);
  });

  it("keeps the key beside a held month that comes later", () => {
    expect(forget(FILE, { left: ["2024-07"], held: ["2024-07"] }).forgotten).toMatchObject({
      months: ["2024-05"],
      held: ["2024-06"],
    });
  });

  it("forgets a month in every chain, after a rotation too", () => {
    const subjects = [chain("bbbb", "2024-06", 2), chain("aaaa", "2024-05", 1)];
    const { file: left } = forget(file({ subjects }), {});
    expect(monthsOf(left)).toEqual([["2024-07", "2026-11"]]);
  });

  it("says of a key without months that it stays", () => {
    const subjects = [chain("aaaa", "2024-05", 1), single("old", 9)];
    const { file: left, forgotten } = forget(file({ subjects }), {});
    expect(forgotten.hasSingleKey).toBe(true);
    expect(monthsOf(left)).toEqual([["2024-07", "2026-11"], null]);
  });

  it("whatever is held and destroyed in whichever steps: changes no key, keeps all that are needed, and no other", () => {
    const step = fc.record({ held: fc.subarray([...MONTHS]), upTo: fc.constantFrom(...MONTHS) });
    const before = keysByMonth(FILE);
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
        let now = FILE;
        let left: readonly string[] = MONTHS;
        for (const { held, upTo: wanted } of steps) {
          left = left.filter((month) => month > wanted || held.includes(month));
          const upTo = MONTHS.filter((month) => !left.includes(month)).at(-1);
          if (upTo === undefined) continue;
          const stillHeld = left.filter((month) => held.includes(month));
          const needed = new Set([...left, ...stillHeld.flatMap(neighbours)]);
          const had = keysByMonth(now);
          now = forget(now, { upTo, left, held: stillHeld }).file;
          const has = keysByMonth(now);
          for (const [month, key] of has) expect([month, key]).toEqual([month, before.get(month)]);
          for (const month of MONTHS)
            expect([month, has.has(month)]).toEqual([
              month,
              had.has(month) && (month > upTo || needed.has(month)),
            ]);
        }
      }),
    );
  });
});

function neighbours(month: string): readonly string[] {
  const all = monthsBetween("2024-04", "2025-05");
  const i = all.indexOf(month);
  return all.slice(i - 1, i + 2);
}
