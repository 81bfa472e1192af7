import { existsSync } from "node:fs";
import { join } from "node:path";
import { EDITIONS, type Edition } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { TOP } from "../workspace.ts";
import { readDocuments } from "./document.ts";
import { findDeadLinks } from "./link.ts";
import { findWrongNumbers } from "./number-table.ts";
import { readRows } from "./table.ts";

const documents = readDocuments();
const newest = EDITIONS[0] as Edition;

describe.each(documents)("$path", (document) => {
  it("has no dead relative link", () => {
    expect(findDeadLinks(document, documents, (path) => existsSync(join(TOP, path)))).toEqual([]);
  });

  it("gives the numbers of the newest edition", () => {
    expect(findWrongNumbers(readRows(document), newest)).toEqual([]);
  });
});
