import { describe, expect, it } from "vitest";
import { collectTags } from "./tagged-test.ts";

const VITEST = `import { it } from "vitest";\n`;
const named = (name: string) => `it("${name}", () => {});\n`;

describe("collectTags", () => {
  it("collects the ids in names of tests, in however many files", () => {
    const sources = [
      { path: "a.test.ts", text: VITEST + named("[X1 X2] does") + named("[X1] does more") },
      { path: "contract.ts", text: VITEST + named("[X1] [X3] does") },
    ];
    expect([...collectTags(sources)]).toEqual([
      ["X1", ["a.test.ts", "contract.ts"]],
      ["X2", ["a.test.ts"]],
      ["X3", ["contract.ts"]],
    ]);
  });

  it.each([
    [
      "a test in a comment",
      `${VITEST}// ${named("[X1] does")}/** ${named("[X1] does")} * ${named("[X1] does")} */`,
    ],
    ["a test that is left out", `${VITEST}it.skip("[X1] does", () => {});`],
    ["a source that defines none", named("[X1] does")],
  ])("collects none of %s", (_, text) => {
    expect([...collectTags([{ path: "a.ts", text }])]).toEqual([]);
  });
});
