import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACCESS_ACTIONS } from "./access.ts";
import { LOG_DEFAULTS } from "./options.ts";
import { FIELD } from "./record/field.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("README", () => {
  it("names every field of a record by its number, and no other", () => {
    const rows = [...readme.matchAll(/^\| *(\d+) *\| *`(\w+)` *\|/gm)].map(([, key, field]) => [
      field,
      Number(key),
    ]);
    expect(Object.fromEntries(rows)).toEqual(FIELD);
  });

  it("names every action, in Korean too, and no other", () => {
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| [가-힣 ]+ \|/gm)].map(([, action]) => action);
    expect(rows).toEqual([...ACCESS_ACTIONS]);
  });

  it.each(Object.entries(LOG_DEFAULTS))("says that %s is %i unless given", (name, value) => {
    expect(readme).toMatch(new RegExp(`^\\| *\`${name}\` *\\| *${value} *\\|`, "m"));
  });
});
