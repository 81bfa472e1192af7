import { describe, expect, it } from "vitest";
import { findFaults } from "./content.ts";

const manifest = {
  name: "@garim/policy",
  version: "1.0.0",
  exports: { ".": { default: "./dist/index.js" } },
};
const files = {
  LICENSE: "MIT",
  "README.md": "#",
  "package.json": "{}",
  "dist/index.js": "",
  "dist/index.d.ts": "",
};

describe("findFaults", () => {
  it("finds nothing in a tarball in order", () => {
    expect(findFaults({ manifest, files })).toEqual([]);
  });

  it.each([
    ["a test", { "dist/a.test.js": "" }, "dist/a.test.js is a test"],
    ["a source", { "src/a.ts": "" }, "src/a.ts is a source"],
    ["what the compiler remembers", { "dist/.tsbuildinfo": "" }, "dist/.tsbuildinfo is a source"],
    [
      "a map that points outside",
      { "dist/a.js.map": `{"sources":["../src/a.ts"]}` },
      "dist/a.js.map maps to files that are not packed",
    ],
  ])("finds %s", (_, added, fault) => {
    expect(findFaults({ manifest, files: { ...files, ...added } })).toEqual([fault]);
  });

  it("takes a map that brings its sources along", () => {
    const map = `{"sources":["../src/a.ts"],"sourcesContent":["export {}"]}`;
    expect(findFaults({ manifest, files: { ...files, "dist/a.js.map": map } })).toEqual([]);
  });

  it("finds a missing licence or README", () => {
    const { LICENSE: _, "README.md": __, ...rest } = files;
    expect(findFaults({ manifest, files: rest })).toEqual(["LICENSE is missing", "README.md is missing"]);
  });

  it("finds what the manifest names and nobody built, and a script that a page would ask for in vain", () => {
    const named = { ...manifest, files: ["dist", "page/dist/assets", "!dist/x", "page/dist/manifest.json"] };
    expect(findFaults({ manifest: named, files })).toEqual([
      "page/dist/assets is said to be packed, and is not",
      "page/dist/manifest.json is said to be packed, and is not",
    ]);
    const built = {
      "page/dist/manifest.json": `{"page/main.tsx":{"file":"assets/main.js"},"a":{"file":"assets/a.js"}}`,
      "page/dist/assets/main.js": "",
    };
    expect(findFaults({ manifest: named, files: { ...files, ...built } })).toEqual([
      "page/dist/assets/a.js is missing, which a page loads",
    ]);
  });

  it.each(["preinstall", "install", "postinstall", "prepare"])(
    "finds what would run at users: %s",
    (name) => {
      const scripts = { [name]: "node x.js", test: "node y.js" };
      expect(findFaults({ manifest: { ...manifest, scripts }, files })).toEqual([
        `package.json runs ${name} where it is installed`,
      ]);
    },
  );

  it("finds what only the workspace understands", () => {
    const exports = { ".": { "garim-source": "./src/index.ts", default: "./dist/index.js" } };
    const dependencies = { "@garim/policy": "workspace:^" };
    expect(findFaults({ manifest: { ...manifest, exports, dependencies }, files })).toEqual([
      "package.json exports garim-source, which leads nowhere",
      "package.json asks for @garim/policy workspace:^, which only the workspace knows",
    ]);
  });
});
