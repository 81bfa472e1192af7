import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readEntries, readKeyFacts } from "./key-facts.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MADE = "2026-11-22T00:00:00.000Z";

describe("readEntries", () => {
  it("takes the keys in use, and nothing of the keys themselves", () => {
    const text = JSON.stringify({
      version: 1,
      subjects: [
        { id: "a", made: MADE, from: "2026-11", month: "2026-11", key: "hunter2" },
        { id: "b", held: "2026-10", key: "hunter2" },
      ],
      secrets: [{ id: "c", key: "hunter2" }],
      signers: [{ id: "d", made: MADE, retired: MADE }],
    });
    expect(readEntries(text)).toEqual([
      { kind: "subjects", id: "a", made: Date.parse(MADE) },
      { kind: "secrets", id: "c" },
    ]);
  });

  it("takes a file of the older form", () => {
    const text = '{"subjects":[{"id":"a","key":"k"}],"secrets":[{"id":"b","key":"k"}]}';
    expect(readEntries(text)).toHaveLength(2);
  });

  it.each([["hunter2"], ["null"], ['{"subjects":7}'], ['{"subjects":[{}]}'], ['{"secrets":[null]}']])(
    "tells that %s is damaged",
    (text) => {
      expect(readEntries(text)).toBeUndefined();
    },
  );
});

describe("readKeyFacts", () => {
  it("tells a file's rights", async () => {
    const path = join(folder, "garim.keys");
    writeFileSync(path, '{"subjects":[]}');
    chmodSync(path, 0o640);
    const mode = process.platform === "win32" ? undefined : 0o640;
    expect(await readKeyFacts(path)).toEqual({ state: "read", path, mode, entries: [] });
  });

  it.each([
    ["nothing said", undefined, { state: "unsaid" }],
    ["no file", join(folder, "none"), { state: "missing", path: join(folder, "none") }],
    ["a folder", folder, { state: "unreadable", path: folder, code: "EISDIR" }],
  ])("tells %s", async (_, path, expected) => {
    expect(await readKeyFacts(path)).toEqual(expected);
  });
});
