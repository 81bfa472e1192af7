import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles, readPackages, TOP } from "../workspace.ts";
import { findUnraised, readCodes } from "./error-code.ts";

const UNION = "packages/policy/src/error.ts";

function readSources(): readonly string[] {
  return readPackages("packages")
    .flatMap(({ folder }) => listFiles(`${folder}/src`).map((path) => `${folder}/src/${path}`))
    .filter((path) => path !== UNION && path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(TOP, path), "utf8"));
}

describe("findUnraised", () => {
  it("finds a code that stands only in a comment", () => {
    const codes = readCodes(`export type Code =\n  // one\n  | "ERR_GARIM_A"\n  | "ERR_GARIM_B";`);
    expect(findUnraised(codes, [`throw new GarimError("ERR_GARIM_A", "…"); // \`ERR_GARIM_B\``])).toEqual([
      "ERR_GARIM_B",
    ]);
  });

  it("finds none in this workspace", () => {
    const codes = readCodes(readFileSync(join(TOP, UNION), "utf8"));
    expect(codes.length).toBeGreaterThan(20);
    expect(findUnraised(codes, readSources())).toEqual([]);
  });
});
