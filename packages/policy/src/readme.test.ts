import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fillTables } from "../tables.mjs";
import { EDITIONS } from "./editions.ts";
import { KIND_WORDS } from "./kind-words.ts";
import { SOURCES } from "./source.ts";

const data = { EDITIONS, KIND_WORDS, SOURCES };
const REMEDY = "tables and data differ; build, then run: node packages/policy/tables.mjs";

describe.each([
  ["README.md", "en"],
  ["README.ko.md", "ko"],
] as const)("%s", (file, language) => {
  const text = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

  it("has the tables the data gives", () => {
    expect(fillTables(text, data, language), REMEDY).toBe(text);
  });

  it("has a table for every number, source and older edition", () => {
    for (const edition of EDITIONS) {
      if (edition !== EDITIONS[0]) expect(text).toContain(`| ${edition.id} |`);
      for (const name of Object.keys(edition.numbers)) expect(text).toContain(`\n| \`${name}\` |`);
    }
    for (const [id, { basis }] of Object.entries(SOURCES)) expect(text).toContain(`| ${id} | ${basis} |`);
  });
});
