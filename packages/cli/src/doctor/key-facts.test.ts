import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyFile, makeKeyFile } from "@garim/audit";
import { afterAll, describe, expect, it } from "vitest";
import { readKeyFacts } from "./key-facts.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-facts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.parse("2026-11-22T09:00:00+09:00");

describe("readKeyFacts", () => {
  it("tells who can read a file, and its keys without their secrets", () => {
    const path = join(folder, "garim.keys");
    const file = makeKeyFile({ now: NOW - 86_400_000 });
    createKeyFile(path, file);
    const facts = readKeyFacts(path, NOW);
    expect(facts).toMatchObject({ state: "read", isOpenToOthers: false });
    expect(facts.state === "read" && facts.keys.map(({ kind, ageDays }) => [kind, ageDays])).toEqual([
      ["subjects", 1],
      ["secrets", 1],
      ["signers", 1],
    ]);
    for (const { key } of [...file.subjects, ...file.secrets])
      expect(JSON.stringify(facts)).not.toContain(key);
    chmodSync(path, 0o640);
    expect(readKeyFacts(path, NOW)).toMatchObject({ isOpenToOthers: process.platform !== "win32" });
  });

  it("tells what keeps it from being read", () => {
    const damaged = join(folder, "damaged");
    writeFileSync(damaged, "hunter2");
    expect(readKeyFacts(undefined, NOW)).toEqual({ state: "unsaid" });
    expect(readKeyFacts(join(folder, "none"), NOW)).toEqual({ state: "missing", path: join(folder, "none") });
    expect(readKeyFacts(folder, NOW)).toMatchObject({
      state: "unusable",
      message: expect.stringMatching(/EISDIR/),
    });
    const facts = readKeyFacts(damaged, NOW);
    expect(facts).toMatchObject({
      state: "unusable",
      message: expect.stringMatching(/is damaged: .*; restore it/),
    });
    expect(JSON.stringify(facts)).not.toMatch(/hunter2/);
  });
});
