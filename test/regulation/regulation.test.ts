import * as policy from "@garim/policy";
import { describe, expect, it } from "vitest";
import { ARROWS } from "../boundaries/arrows.ts";
import { CASES } from "./cases.ts";
import { readCitations, readPackageCitations, readTestedFiles, readTestedIds } from "./citation.ts";
import { writeDuties } from "./duties-page.ts";
import { LAW_ROWS } from "./law-rows.ts";
import { hasTest, listEndpointGaps, listRegisters, listVerbGaps } from "./proof.ts";
import { REGISTERS } from "./registers.ts";
import { RULES, type RuleRow } from "./rows.ts";
import { SHOWN } from "./shown.ts";

const citations = readPackageCitations();
const files = readTestedFiles();
const ids = Object.keys(policy.SOURCES);

/** Exported rules, and what they cite. */
const exported = [...citations].filter(([name]) => Object.hasOwn(policy, name));

describe("readCitations", () => {
  it("reads what the doc of an exported function cites, and nothing else", () => {
    const text = `/** None. */\nexport const a = 1;\n/**\n * Does.\n *\n * @source x/1, y/2\n */\nexport function b() {}\n/** @source z/3 */\nfunction c() {}\n`;
    expect([...readCitations(text)]).toEqual([["b", ["x/1", "y/2"]]]);
  });
});

describe("readTestedIds", () => {
  it("reads brackets in names of tests, and none elsewhere", () => {
    const text = `const a = "[a/1]";\ndescribe("[b/2] x", () => {\n  it.each([\n    ["[c/3]", 1],\n  ])("[d/4 e/5] %s", () => {});\n});\n// it does [f/6]\n`;
    expect([...readTestedIds(text)]).toEqual(["b/2", "d/4", "e/5"]);
  });
});

describe.each(ids)("the source %s", (id) => {
  it("is cited by a rule", () => {
    expect(exported.filter(([, cited]) => cited.includes(id))).not.toEqual([]);
  });

  it("is cited by a test", () => {
    expect(files.filter((file) => file.ids.has(id))).not.toEqual([]);
  });

  it("stands in the table of rules", () => {
    expect(RULES.filter((row) => (row.sources as readonly string[]).includes(id))).not.toEqual([]);
  });
});

describe.each(exported)("the rule %s", (name, cited) => {
  it("cites only sources there are", () => {
    expect(cited.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("stands in the table of rules", () => {
    expect(RULES.filter((row) => row.functions.includes(name))).not.toEqual([]);
  });
});

describe.each(RULES)("$rule", ({ sources, functions, others = [] }) => {
  it("is decided by functions that cite its sources, or kept by a package of the design", () => {
    const cited = functions.flatMap(
      (name) =>
        exported.find(([one]) => one === name)?.[1] ??
        others.map((other) => readPackageCitations(other).get(name)).find((ids) => ids !== undefined) ?? [
          `no rule ${name}`,
        ],
    );
    expect(cited.filter((id) => id.startsWith("no rule"))).toEqual([]);
    expect(sources.filter((id) => !cited.includes(id))).toEqual([]);
    expect(others.filter((name) => !Object.hasOwn(ARROWS, name))).toEqual([]);
    expect(functions.length + others.length).toBeGreaterThan(0);
  });
});

describe("RULES.md", () => {
  it("is the table of rules", async () => {
    const remedy = "the rules changed; if that is meant, run: npm test -- test/regulation -u";
    await expect(writeTable(RULES), remedy).toMatchFileSnapshot("RULES.md");
  });
});

describe("the table of duties", () => {
  it.each(Object.entries(LAW_ROWS))("has a rule for the regulation's row: %s", (_, met) => {
    expect(met.length).toBeGreaterThan(0);
    expect(met.filter((rule) => !RULES.some((one) => one.rule === rule))).toEqual([]);
  });

  it("has no rule that no row of the regulation asks for", () => {
    const met = new Set(Object.values(LAW_ROWS).flat());
    expect(RULES.map(({ rule }) => rule).filter((rule) => !met.has(rule))).toEqual([]);
  });

  it("has every rule and no other", () => {
    expect(Object.keys(SHOWN).toSorted()).toEqual(RULES.map(({ rule }) => rule).toSorted());
  });

  it.each(Object.entries(SHOWN))("names tests that there are for: %s", (_, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((test) => !hasTest(test))).toEqual([]);
  });

  it.each(CASES)("names tests that there are for the case: $en", ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((test) => !hasTest(test))).toEqual([]);
  });

  it.each(Object.entries(REGISTERS))(
    "says of the register %s what it blocks, or why nothing",
    (_, { blocks, because, tests }) => {
      expect([blocks, because].filter((one) => one !== undefined)).toHaveLength(1);
      expect(tests.length).toBeGreaterThan(0);
      expect(tests.filter((test) => !hasTest(test))).toEqual([]);
    },
  );

  it("has every register of the desks", () => {
    expect(Object.keys(REGISTERS).toSorted()).toEqual(listRegisters().toSorted());
  });

  it("names endpoints that are mounted, and verbs that the command has", () => {
    const shown = Object.values(SHOWN);
    expect(listEndpointGaps(shown.flatMap(({ endpoints = [] }) => endpoints))).toEqual([]);
    expect(listVerbGaps(shown.flatMap(({ commands = [] }) => commands))).toEqual([]);
  });

  it("is the page that the README links to", async () => {
    const remedy = "the duties changed; if that is meant, run: npm test -- test/regulation -u";
    await expect(writeDuties(), remedy).toMatchFileSnapshot("../../packages/duties/DUTIES.md");
  });
});

describe("hasTest", () => {
  it("[garim/closed] finds the one test whose name begins so, in whole words, and nothing else of the file", () => {
    const has = (name: string): boolean => hasTest(["test/regulation/regulation.test.ts", name]);
    expect(has("finds the one test whose name begins so")).toBe(true);
    const none = [
      "whose name begins so",
      "finds the one te",
      "import { describe",
      "hasTest",
      "stands in the table of rules",
    ];
    expect(none.filter(has)).toEqual([]);
    expect(hasTest(["test/regulation/none.test.ts", "x"])).toBe(false);
    expect(listEndpointGaps(["GET /duties/flows", "GET /duties/none", "PATCH /duties/flows"])).toEqual([
      "GET /duties/none",
      "PATCH /duties/flows",
    ]);
    expect(listVerbGaps(["garim duties flows", "garim duties none"])).toEqual(["garim duties none"]);
  });
});

function writeTable(rows: readonly RuleRow[]): string {
  const lines = rows.map(({ rule, sources, functions, others = [] }) => {
    const tests = files
      .filter((file) => sources.some((id) => file.ids.has(id)))
      .map((file) => link(file.path));
    const by = [...functions.map((name) => `\`${name}\``), ...others];
    return `| ${[rule, sources.join(", "), by.join(", "), tests.join(", ")].join(" | ")} |`;
  });
  return `# The rules, what decides them, and what shows it

Written by \`npm test -- test/regulation -u\`.

| rule | source | decided or kept by | tests |
|---|---|---|---|
${lines.join("\n")}
`;
}

function link(path: string): string {
  const name = path.split("/").at(-1)?.replace(".test.ts", "");
  return `[${name}](../../${path})`;
}
