import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

describe("pictures under docs", () => {
  it("are those the README shows, each in both languages", () => {
    const readme = readFileSync(`${PACKAGE}/README.md`, "utf8");
    const shown = [...readme.matchAll(/\(docs\/([\w-]+)-(ko|en)\.png\)/g)].map(([, name, language]) => [
      name,
      language,
    ]);
    const names = [...new Set(shown.map(([name]) => name))];
    const wanted = names.flatMap((name) => [`${name}-en.png`, `${name}-ko.png`]).toSorted();
    expect(shown.map(([name, language]) => `${name}-${language}.png`).toSorted()).toEqual(wanted);
    expect(readdirSync(`${PACKAGE}/docs`).toSorted()).toEqual(wanted);
  });
});
