import { describe, expect, it } from "vitest";
import { packageOf, readImports } from "./imports.ts";

const specifiers = (source: string) => readImports(source).map((one) => one.specifier);

describe("readImports", () => {
  it.each([
    ["a named import", `import { a } from "x";`],
    ["a type import", `import type { A } from "x";`],
    ["a mixed import", `import { type A, b } from 'x';`],
    ["a default beside names", `import a, { b as c } from "x";`],
    ["a namespace", `import * as a from "x";`],
    ["one of many lines", `import {\n  type A,\n  b,\n} from "x";`],
    ["an import for its effect", `import "x";`],
    ["one without spaces", `import{a}from"x";`],
    ["a re-export", `export { a, type B } from "x";`],
    ["a re-export of everything", `export * from "x";`],
    ["a re-export as a namespace", `export * as a from "x";`],
    ["a re-export of types", `export type * from "x";`],
    ["an import with attributes", `import a from "x" with { type: "json" };`],
    ["a dynamic import", `const a = await import("x");`],
    ["a dynamic import of many lines", `const a = await import(\n  "x"\n);`],
    ["an import in a type", `let a: import("x").A;`],
    ["an import assignment", `import a = require("x");`],
    ["require", `const a = require("x");`],
    ["a resolution", `const a = import.meta.resolve("x");`],
    ["a reference", `/// <reference types="x" />`],
  ])("sees %s", (_, source) => {
    expect(specifiers(source)).toEqual(["x"]);
  });

  it("says that a computed name cannot be judged", () => {
    expect(specifiers("await import(name);")).toEqual([null]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test holds a template
    expect(specifiers("await import(`./${name}.ts`);")).toEqual([null]);
  });

  it("leaves comments out, and what only looks like an import", () => {
    const source = `/**\n * import { a } from "x";\n */\n// await import("x")\nexport const from = "x";\nexport function f(): void {}`;
    expect(specifiers(source)).toEqual([]);
  });

  it("leaves out what a text quotes", () => {
    expect(specifiers("const remedy = `run node -e 'import(\"x\")'`;")).toEqual([]);
    expect(specifiers("const remedy = 'write import(`x`)';")).toEqual([]);
  });

  it("names the line", () => {
    expect(readImports(`\n\nimport { a } from "x";\nimport { b } from "y";`)).toEqual([
      { specifier: "x", line: 3 },
      { specifier: "y", line: 4 },
    ]);
  });
});

describe("packageOf", () => {
  it.each([
    ["@garim/policy/deep/path", "@garim/policy"],
    ["express/lib/router", "express"],
    ["node:fs", null],
    ["./a.ts", null],
  ])("reads %s", (specifier, name) => {
    expect(packageOf(specifier)).toBe(name);
  });
});
