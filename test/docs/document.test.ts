import { describe, expect, it } from "vitest";
import { findBlocks, withoutBlocks } from "./document.ts";

const text = "# A\n```ts run\nconst a = 1;\n```\n~~~~\n```\n~~~~\nend";

describe("findBlocks", () => {
  it("finds each block with its words and line", () => {
    expect(findBlocks(text)).toEqual([
      { info: "ts run", line: 3, lines: ["const a = 1;"] },
      { info: "", line: 6, lines: ["```"] },
    ]);
  });
});

describe("withoutBlocks", () => {
  it("keeps the numbers of lines", () => {
    expect(withoutBlocks(text)).toBe("# A\n\n\n\n\n\n\nend");
  });
});
