import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chain, file, inMonth, keyText, single } from "../../test/key-samples.ts";
import { ofMonth, stepOn } from "../../test/reference-chain.ts";
import type { KeyFile } from "./key-file.ts";
import { printKeyFile } from "./key-file-text.ts";
import { monthsBetween } from "./month.ts";
import { rotateKeys } from "./rotate.ts";
import { shredMonth } from "./shred.ts";
import { keysOf } from "./subject-keys.ts";

const NOW = inMonth("2028-06");
const idsOf = (given: KeyFile): readonly string[] => given.subjects.map(({ id }) => id);

/** Every month's key, by id, of a file as it was before anything was shredded. */
const keyed = (given: KeyFile): ReadonlyMap<string, string> =>
  new Map(keysOf(given.subjects, "2028-06").map(({ id, key }) => [id, Buffer.from(key).toString("hex")]));

/** All that anybody could make of the file: each 32 bytes in it as a month's key, and as a chain's for ten years on. */
function derivable(given: KeyFile, months: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [text] of printKeyFile(given).matchAll(/[A-Za-z0-9+/]{43}=/g)) {
    let key = Buffer.from(text, "base64");
    for (let i = 0; i < 120; i++) {
      found.add(key.toString("hex"));
      for (const month of months) found.add(ofMonth(key, month).toString("hex"));
      key = Buffer.from(stepOn(key));
    }
  }
  return found;
}

describe("shredMonth", () => {
  it("leaves nothing in the file that leads to the month, and every later month as it was", () => {
    const months = monthsBetween("2026-11", "2028-06");
    const some = fc.record({
      steps: fc.integer({ min: 1, max: 8 }),
      rotatedAfter: fc.integer({ min: 0, max: 8 }),
      // 2 and 3 are the file's other keys.
      fill: fc.integer({ min: 4, max: 255 }),
    });
    fc.assert(
      fc.property(some, ({ steps, rotatedAfter, fill }) => {
        const first = file({ subjects: [chain("a", "2026-11", fill, { key: keyText(fill) })] });
        const start = rotateKeys(first, "subjects", { now: inMonth(months[rotatedAfter] ?? "2026-11") });
        const before = keyed(start);
        let given = start;
        for (const month of months.slice(0, steps)) given = shredMonth(given, { month, now: NOW });
        const gone = months.slice(0, steps);
        const reach = derivable(given, gone);
        for (const [id, key] of before) if (gone.includes(id.slice(0, 7))) expect(reach.has(key)).toBe(false);
        const left = [...before].filter(([id]) => !gone.includes(id.slice(0, 7)));
        expect([...keyed(given)].toSorted()).toEqual(left.toSorted());
      }),
      { numRuns: 20 },
    );
  });

  it("tells whether a key can be derived: it can before", () => {
    const [id, key] = [...keyed(file())].at(-1) ?? [];
    expect(id).toBe("2026-11.aaaa");
    expect(derivable(file(), ["2026-11"]).has(key ?? "")).toBe(true);
  });

  it("goes oldest first", () => {
    expect(() => shredMonth(file(), { month: "2026-12", now: NOW })).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_KEYS_INVALID",
        message: expect.stringMatching(/^2026-11 is kept.*--hold 2026-11/),
      }),
    );
  });

  it("keeps a month under legal hold as one key, from which nothing else comes", () => {
    const before = keyed(file());
    const given = shredMonth(file(), { month: "2026-12", holds: ["2026-11"], now: NOW });
    expect(given.subjects).toEqual([
      expect.objectContaining({ id: "aaaa", from: "2026-11", month: "2027-01" }),
      expect.objectContaining({ id: "2026-11.aaaa", held: "2026-11" }),
    ]);
    expect(keyed(given).get("2026-11.aaaa")).toBe(before.get("2026-11.aaaa"));
    const reach = derivable(given, ["2026-11", "2026-12"]);
    expect(reach.has(before.get("2026-11.aaaa") ?? "")).toBe(true);
    expect(reach.has(before.get("2026-12.aaaa") ?? "")).toBe(false);
  });

  it("forgets a held month when it is shredded in its turn", () => {
    const held = shredMonth(file(), { month: "2026-12", holds: ["2026-11"], now: NOW });
    const given = shredMonth(held, { month: "2026-11", now: NOW });
    expect(idsOf(given)).toEqual(["aaaa"]);
    expect(derivable(given, ["2026-11"]).has(keyed(file()).get("2026-11.aaaa") ?? "")).toBe(false);
  });

  it("goes past every chain of a month, and forgets one that ended before", () => {
    const two = rotateKeys(file(), "subjects", { now: inMonth("2026-11") });
    const [fresh] = idsOf(two);
    const one = shredMonth(two, { month: "2026-11", now: NOW });
    expect(idsOf(one)).toEqual([fresh, "aaaa"]);
    expect(idsOf(shredMonth(one, { month: "2026-12", now: NOW }))).toEqual([fresh]);
  });

  it("holds of an ended chain only the months it was used in", () => {
    const two = rotateKeys(file(), "subjects", { now: inMonth("2026-11") });
    const [fresh] = idsOf(two);
    const holds = ["2026-11", "2026-12", "2027-01"];
    expect(idsOf(shredMonth(two, { month: "2027-02", holds, now: NOW }))).toEqual([
      fresh,
      `2026-12.${fresh}`,
      `2027-01.${fresh}`,
      "2026-11.aaaa",
      "2026-12.aaaa",
    ]);
  });

  it.each([
    ["the month that records are made in", { month: "2028-06" }, "made under 2028-06 still"],
    ["one to come", { month: "2028-07" }, "made under 2028-07 still"],
    ["what is no month", { month: "November" }, "a month such as"],
    ["a hold of what is no month", { month: "2026-11", holds: ["2026"] }, "a month such as"],
    ["a month before all", { month: "2026-10" }, "no key of 2026-10"],
    ["a month both held and shredded", { month: "2026-11", holds: ["2026-11"] }, "both"],
    ["a hold beyond the month", { month: "2026-11", holds: ["2026-12"] }, "2026-12 cannot be held"],
    ["a hold of a month that is gone", { month: "2026-11", holds: ["2026-01"] }, "2026-01 cannot be held"],
  ])("refuses %s", (_, shredding, message) => {
    const act = () => shredMonth(file(), { now: NOW, ...shredding });
    expect(act).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }));
    expect(act).toThrow(message);
  });

  it("refuses a month that is gone already", () => {
    const given = shredMonth(file(), { month: "2026-11", now: NOW });
    expect(() => shredMonth(given, { month: "2026-11", now: NOW })).toThrow("no key of 2026-11");
  });

  it("leaves single keys of the older form, which are of no month", () => {
    const given = file({ subjects: [chain("a", "2026-11", 1), single("old", 2)] });
    expect(idsOf(shredMonth(given, { month: "2026-11", now: NOW }))).toEqual(["a", "old"]);
  });
});
