import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TOP } from "../workspace.ts";
import { readRows } from "./table.ts";
import { readTaggedTests } from "./tagged-test.ts";

/** `T2`, `S9`: ids of the attacks a reviewer would try. */
const ATTACK = /^[A-Z]\d+$/;

/** The attacks a document has a row for. */
function attacksOf(path: string): readonly string[] {
  const rows = readRows({ path, text: readFileSync(join(TOP, path), "utf8") });
  return rows.map(({ first }) => first).filter((id) => ATTACK.test(id));
}

const promised = attacksOf(".github/SECURITY.md");
const tagged = readTaggedTests();

describe("SECURITY.md", () => {
  it.each(promised)("promises nothing of %s that no test's name has", (id) => {
    expect(tagged.get(id) ?? []).not.toEqual([]);
  });

  it("promises the same in Korean", () => {
    expect(promised.length).toBeGreaterThan(10);
    expect(attacksOf(".github/SECURITY.ko.md")).toEqual(promised);
  });
});
