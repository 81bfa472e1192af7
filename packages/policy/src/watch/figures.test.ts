import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fillFigures, measureWatch, SEEDS } from "../../simulation/figures.mjs";
import { resolvePolicy } from "../policy.ts";
import { startWatch, watchAccess } from "./watch.ts";

const REMEDY =
  "the README's figures are not today's; build, then run: node packages/policy/measure-watch.mjs";
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("the detectors on a made-up market", () => {
  const figures = measureWatch(SEEDS.reported, { startWatch, watchAccess }, resolvePolicy());

  it("find the scrape of 2025 before sixty buyers were seen, also slowed down", () => {
    for (const { found, subjects } of figures.hits.slice(0, 3))
      expect([found, (subjects ?? 0) < 60]).toEqual([1, true]);
  });

  it("find what they are made for, and raise less than one false alarm in two hundred days of an account", () => {
    const missed = figures.hits.filter(({ found, tried }) => found < tried).map(({ name }) => name);
    expect(missed).toEqual([
      "the same without a key, each from a network of its own",
      "one more buyer every other day",
    ]);
    const alarms = [...figures.alarms.values()].reduce((sum, one) => sum + one, 0);
    expect(alarms / figures.accountDays).toBeLessThan(1 / 200);
  });

  it("are as the README says", () => {
    expect(fillFigures(readme, figures), REMEDY).toBe(readme);
    expect(readme).toContain("<!-- figures: watch -->");
  });
});
