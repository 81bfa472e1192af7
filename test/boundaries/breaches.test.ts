import { describe, expect, it } from "vitest";
import { findBreaches, findScriptBreaches } from "./breaches.ts";
import { type Room, readRooms, readScripts } from "./room.ts";

const exports = { ".": "./dist/index.js" };

function room(name: string, files: Record<string, string>, more: Partial<Room> = {}): Room {
  const dependencies = name === "policy" ? {} : { "@garim/policy": "workspace:^" };
  const manifest = { name: `@garim/${name}`, version: "0.0.0", exports, dependencies };
  return { folder: `packages/${name}`, manifest, ambientTypes: [], files, ...more };
}

const policy = room("policy", { "src/index.ts": `export { a } from "./a.ts";`, "src/a.ts": "" });
const usesPolicy = `import type { A } from "@garim/policy";`;
const masking = room("masking", { "src/index.ts": usesPolicy });
const auth = room("auth", { "src/index.ts": usesPolicy });

function declaring(one: Room, more: Partial<Room["manifest"]>): Room {
  return { ...one, manifest: { ...one.manifest, ...more } };
}

/** The house, with one room's files and manifest changed. */
function house(changed: Room): readonly Room[] {
  return [policy, masking, auth].map((one) => (one.folder === changed.folder ? changed : one));
}

describe("findBreaches", () => {
  it("finds nothing in a house in order", () => {
    expect(findBreaches([policy, masking, auth])).toEqual([]);
  });

  it.each([
    [
      "an arrow against its direction",
      room("policy", { "src/a.ts": `import "@garim/auth";` }),
      "does not declare",
    ],
    [
      "a sibling that is declared",
      declaring(room("auth", { "src/a.ts": `${usesPolicy}\nimport { b } from "@garim/masking";` }), {
        dependencies: { "@garim/policy": "workspace:^", "@garim/masking": "workspace:^" },
      }),
      "no arrow of the design leads there",
    ],
    [
      "a sibling's types",
      declaring(room("masking", { "src/a.ts": `${usesPolicy}\nlet a: import("@garim/auth").A;` }), {
        dependencies: { "@garim/policy": "workspace:^", "@garim/auth": "workspace:^" },
      }),
      "no arrow",
    ],
    [
      "a way around the entry",
      room("auth", { "src/a.ts": `import "@garim/policy/src/a.ts";` }),
      "does not publish",
    ],
    [
      "a relative way out",
      room("auth", { "src/a.ts": `${usesPolicy}\nimport "../../policy/src/a.ts";` }),
      "leaves",
    ],
    [
      "an undeclared package",
      room("auth", { "src/a.ts": `${usesPolicy}\nimport "lru-cache";` }),
      "not declare",
    ],
    [
      "a test's package in a source",
      room("auth", { "src/a.ts": `${usesPolicy}\nimport "vitest";` }),
      "not declare",
    ],
    [
      "a dependency the design does not list",
      declaring(room("auth", { "src/a.ts": `${usesPolicy}\nimport "lodash";` }), {
        dependencies: { "@garim/policy": "workspace:^", lodash: "^4.0.0" },
      }),
      "which no arrow allows",
    ],
    ["a dependency nobody imports", room("auth", { "src/a.ts": "" }), "which no source imports"],
    [
      "a dependency only tests import",
      room("auth", { "src/a.test.ts": usesPolicy }),
      "which no source imports",
    ],
    ["a computed name", room("auth", { "src/a.ts": `${usesPolicy}\nawait import(name);` }), "write it out"],
    ["Node in a pure package", room("policy", { "src/a.ts": `import "node:fs";` }), "is pure"],
    ["Node's types in a pure package", room("policy", {}, { ambientTypes: ["node"] }), "is pure"],
  ] as const)("finds %s", (_, changed, message) => {
    const breaches = findBreaches(house(changed));
    expect(breaches.length).toBeGreaterThan(0);
    expect(breaches.join("\n")).toContain(message);
  });

  it("finds a source that imports a test's helper", () => {
    const files = { "src/a.ts": `${usesPolicy}\nimport "../test/sample.ts";`, "test/sample.ts": "" };
    expect(findBreaches(house(room("auth", files)))).toEqual([
      "packages/auth/src/a.ts:2 leaves its room: ../test/sample.ts; import another package by its name",
    ]);
  });

  it("asks for the arrows of a package it does not know", () => {
    expect(findBreaches([room("extra", {})])).toEqual([
      "packages/extra has no arrows; write them into test/boundaries/arrows.ts",
    ]);
  });

  it("lets tests use dev dependencies and the shared starters, and nothing else outside", () => {
    const files = (test: string) => ({ "src/a.ts": usesPolicy, "src/a.test.ts": test });
    const shared = `import "vitest";\nimport "../../../test/services/postgres.ts";`;
    expect(findBreaches(house(room("auth", files(shared))))).toEqual([]);
    expect(findBreaches(house(room("auth", files(`import "../../../test/bench/row.ts";`))))).toHaveLength(1);
  });

  it("holds examples to what is published and declared", () => {
    const example = (source: string): Room => ({
      ...declaring(room("example", { "src/a.ts": source }), { private: true }),
      folder: "examples/shop",
    });
    expect(findBreaches([policy, example(usesPolicy)])).toEqual([]);
    expect(findBreaches([policy, example(`import "@garim/policy/dist/a.js";`)])).toHaveLength(1);
    expect(findBreaches([policy, example(`import "../../../packages/policy/src/a.ts";`)])).toHaveLength(1);
  });

  it("finds nothing in this workspace", () => {
    expect(findBreaches(readRooms())).toEqual([]);
  });
});

describe("findScriptBreaches", () => {
  it("finds a package in a script that runs before the install", () => {
    expect(findScriptBreaches({ "test/run.mjs": `import { z } from "zod";` })).toHaveLength(1);
    expect(findScriptBreaches({ "test/run.mjs": `import "node:fs";\nimport "./a.mjs";` })).toEqual([]);
  });

  it("finds nothing in this workspace", () => {
    expect(findScriptBreaches(readScripts())).toEqual([]);
  });
});
