import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fillFigures } from "../../data/figures.mjs";
import { makeReviews } from "../../data/generate-reviews.mjs";
import { evaluate } from "../../evaluate.mjs";
import { find } from "./find.ts";

const REMEDY = "the README's figures are not today's; build, then run: node packages/masking/evaluate.mjs";
const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

const all = evaluate(find);

describe.each(all.filter(({ name }) => name !== "dev"))("find on $name", ({ labels, clean, flagged }) => {
  it.each(["phone", "email", "rrn", "card"])("finds at least 97 %% of every %s that is labelled", (kind) => {
    const those = labels.filter((label) => label.kind === kind);
    expect(those.length).toBeGreaterThan(5);
    expect(those.filter(({ isRight }) => isRight).length / those.length).toBeGreaterThanOrEqual(0.97);
  });

  it("flags at most 3 % of the clean texts", () => {
    expect(clean).toBeGreaterThan(20);
    expect(flagged / clean).toBeLessThanOrEqual(0.03);
  });
});

describe("README.md", () => {
  it("has today's figures", () => {
    expect(fillFigures(read("README.md"), all), REMEDY).toBe(read("README.md"));
    for (const name of ["ko-pii", "test"]) expect(read("README.md")).toContain(`<!-- figures: ${name} -->`);
  });
});

describe("reviews.jsonl", () => {
  it("is what the templates and the handwritten lines give", () => {
    expect(makeReviews(), "run: node packages/masking/data/generate-reviews.mjs").toBe(
      read("data/reviews.jsonl"),
    );
  });
});
