import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles, TOP } from "../workspace.ts";
import { findUnexplained, readAdvisories } from "./advisory.mjs";
import { makeBill } from "./bill.mjs";
import { readInstalled } from "./installed.mjs";
import { closureOf, type Lockfile, readLockfile } from "./lockfile.mjs";
import { listPublished } from "./published.mjs";
import { findUnspoken, KNOWN, listAll, sumOf, writeReport } from "./report.mjs";

const asked = (version: string) => ({ specifier: version, version });
const LOCK: Lockfile = {
  importers: {
    "packages/a": {
      dependencies: { b: asked("1.0.0"), own: asked("link:../own") },
      devDependencies: { peer: asked("9.0.0"), tool: asked("3.0.0") },
    },
    "packages/own": { dependencies: { c: asked("2.0.0(b@1.0.0)") } },
  },
  packages: {},
  snapshots: {
    "b@1.0.0": { dependencies: { c: "2.0.0(b@1.0.0)" } },
    "c@2.0.0(b@1.0.0)": { optionalDependencies: { d: "1.1.1" }, dependencies: { b: "1.0.0" } },
    "d@1.1.1": {},
    "peer@9.0.0": {},
  },
};

describe("closureOf", () => {
  it("has what a package brings, by way of our own too, each once, and nothing of its tests", () => {
    expect(closureOf(LOCK, "packages/a").map(({ key }) => key)).toEqual(["b@1.0.0", "c@2.0.0", "d@1.1.1"]);
  });

  it("has a peer where it is asked for", () => {
    const keys = closureOf(LOCK, "packages/a", ["peer"]).map(({ key }) => key);
    expect(keys).toEqual(["b@1.0.0", "c@2.0.0", "d@1.1.1", "peer@9.0.0"]);
  });
});

describe("findUnspoken", () => {
  const known = { why: { b: "needed", c: "needed" }, licences: ["MIT"] };
  const read = () => ({ licence: "MIT", sizeBytes: 1, scripts: [] });
  const folders = ["packages/a", "packages/own"];

  it("is content where everything is spoken for", () => {
    expect(findUnspoken(LOCK, folders, known, read)).toEqual([]);
  });

  it.each<readonly [string, Partial<typeof known>, object | undefined]>([
    ["c has no reason", { why: { b: "x", c: "" } }, read()],
    [
      "e has a reason in test/supply/known.json, and no package asks",
      { why: { ...known.why, e: "x" } as never },
      read(),
    ],
    ["d@1.1.1 has the licence GPL-3.0-only", {}, { ...read(), licence: "GPL-3.0-only" }],
    ["b@1.0.0 runs postinstall when it is installed", {}, { ...read(), scripts: ["postinstall"] }],
    ["b@1.0.0 is not installed", {}, undefined],
  ])("finds that %s", (words, more, installed) => {
    const found = findUnspoken(LOCK, folders, { ...known, ...more }, () => installed as never);
    expect(found.join()).toContain(words);
  });
});

describe("readAdvisories", () => {
  const output = JSON.stringify({
    advisories: { 1: { github_advisory_id: "GHSA-x", module_name: "b", severity: "high", title: "Hole" } },
  });

  it("reads what was found, and knows when nobody could be asked", () => {
    const hole = { id: "GHSA-x", name: "b", severity: "high", title: "Hole" };
    expect(readAdvisories(output)).toEqual([hole]);
    for (const none of ["", "ERR", "null", '{"error":{"code":"ENOTFOUND"}}'])
      expect(readAdvisories(none)).toBeUndefined();
  });

  it("leaves no hole unexplained, and no explanation without its hole", () => {
    const advisories = readAdvisories(output) ?? [];
    expect(findUnexplained(advisories, [{ id: "GHSA-x", because: "not reached" }])).toEqual([]);
    expect(findUnexplained(advisories, [])).toEqual(["GHSA-x (high) in b: Hole"]);
    expect(findUnexplained([], [{ id: "GHSA-x", because: "not reached" }])).toHaveLength(1);
  });
});

describe("what comes with the packages of this workspace", () => {
  const lock = readLockfile();
  const folders = listPublished();

  it("is spoken for, has a harmless licence, and runs nothing when it is installed", () => {
    expect(findUnspoken(lock, folders, KNOWN, readInstalled)).toEqual([]);
  });

  it("is named where it is built into pages", () => {
    for (const folder of folders) {
      const pages = listFiles(`${folder}/page`).filter((path) => /\.[jt]sx?$/.test(path));
      const texts = pages.map((path) => readFileSync(join(TOP, folder, "page", path), "utf8"));
      const names = texts.flatMap((text) => [...text.matchAll(/from "((?:@[\w.-]+\/)?[\w-][\w.-]*)/g)]);
      const outside = new Set(
        names.map(([, name = ""]) => name).filter((name) => !name.startsWith("@garim/")),
      );
      expect([...outside].toSorted(), folder).toEqual(KNOWN.bundled[folder] ?? []);
    }
  });

  it("stands in DEPENDENCIES.md", async () => {
    const remedy = "dependencies changed; if that is meant, run: npm test -- test/supply -u";
    await expect(writeReport(lock, folders), remedy).toMatchFileSnapshot("DEPENDENCIES.md");
  });

  it("is no more with @garim/express than it is: 50 packages from outside, 12 MB [I1]", () => {
    const outside = closureOf(lock, "packages/express");
    expect(outside.length).toBeLessThanOrEqual(50);
    expect(sumOf(outside)).toBeLessThanOrEqual(12e6);
  });

  it("makes a bill in which everything has its hash, its licence and what it needs", () => {
    const { components, dependencies, ...head } = makeBill(lock, folders, "2026-11-22T00:00:00Z");
    expect(head).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
    expect(components).toHaveLength(folders.length + listAll(lock, folders).length);
    const refs = new Set(components.map((one) => one["bom-ref"]));
    expect(refs.size).toBe(components.length);
    for (const one of components) {
      expect(one.purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d/);
      expect(one.licenses, one.purl).not.toEqual([]);
      if ("hashes" in one) expect(one.hashes[0]?.content, one.purl).toMatch(/^[\da-f]{128}$/);
    }
    for (const { ref, dependsOn } of dependencies)
      for (const needed of [...dependsOn, ...(ref === "garim" ? [] : [ref])])
        expect(refs.has(needed), needed).toBe(true);
  });
});
