import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACCESS_ACTIONS } from "./access.ts";
import { FILTER_NAMES } from "./ask/filter.ts";
import { VERBS } from "./ask/question.ts";
import { DAMAGE, LOG_COLUMNS } from "./export/columns.ts";
import { LOG_DEFAULTS } from "./options.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("README", () => {
  it("names every action, in Korean too, and no other", () => {
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| [가-힣 ]+ \|/gm)].map(([, action]) => action);
    expect(rows).toEqual([...ACCESS_ACTIONS]);
  });

  it.each(Object.entries(LOG_DEFAULTS))("says that %s is %i unless given", (name, value) => {
    expect(readme).toMatch(new RegExp(`^\\| *\`${name}\` *\\| *${value} *\\|`, "m"));
  });

  it("names every column of an export under its heading, in order", () => {
    const table = readme.slice(readme.indexOf("| heading | NDJSON | |"), readme.indexOf("## A record"));
    const rows = [...table.matchAll(/^\| ([^|]+) \| `(\w+)` \|/gm)].map(([, heading, key]) => [key, heading]);
    expect(rows).toEqual([...LOG_COLUMNS, DAMAGE].map(({ key, heading }) => [key, heading.ko]));
  });

  it("names every verb, and every member of a filter", () => {
    const part = readme.slice(readme.indexOf("## Asking"), readme.indexOf("### Exports"));
    for (const verb of VERBS) expect(part).toContain(`| \`${verb}\` |`);
    const [, filters = ""] = /\| filter \| finds \|\n(.*?)\n\n/s.exec(part) ?? [];
    const named = [...filters.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = ""]) =>
      names.replaceAll("`", "").split(", "),
    );
    expect(named.toSorted()).toEqual([...FILTER_NAMES].toSorted());
  });
});
