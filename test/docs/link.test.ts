import { describe, expect, it } from "vitest";
import { findDeadLinks } from "./link.ts";

const other = { path: "packages/policy/README.md", text: "# Policy\n## 표시 수준, `clear`\n## Policy\n" };
const isThere = (path: string) => ["README.md", other.path, "packages"].includes(path);

function dead(text: string): readonly string[] {
  const document = { path: "README.md", text: `# Top\n\n${text}\n` };
  return findDeadLinks(document, [document, other], isThere);
}

describe("findDeadLinks", () => {
  it.each([
    "[a](packages/policy/README.md)",
    "[a](./packages)",
    "[a](#top)",
    "[a](packages/policy/README.md#표시-수준-clear)",
    "[a](packages/policy/README.md#policy-1)",
    "[a](https://example.com/gone)",
    "`[a](gone.md)`",
    "```\n[a](gone.md)\n```",
  ])("takes %s", (text) => {
    expect(dead(text)).toEqual([]);
  });

  it.each([
    ["[a](gone.md)", "gone.md"],
    ["![a](gone.png)", "gone.png"],
    ["[a]: gone.md", "gone.md"],
    ["[a](#gone)", "#gone"],
    ["[a](packages/policy/README.md#policy-2)", "packages/policy/README.md#policy-2"],
    ["[a](../outside.md)", "../outside.md"],
  ])("finds %s", (text, target) => {
    expect(dead(text)).toEqual([`README.md:3 links to ${target}, which is not there`]);
  });
});
