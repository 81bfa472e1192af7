import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeys, keysFromFile } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-keys-"));
let count = 0;
let path = "";

beforeEach(() => {
  path = join(folder, `${count++}.keys`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("keysFromFile", () => {
  it("makes a missing file outside production, for its owner only, and says so", () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const keys = keysFromFile(path);
    expect(keys.subjects.all()[0]?.key).toHaveLength(32);
    expect(keys.secrets.all()[0]?.key).not.toEqual(keys.subjects.all()[0]?.key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(said.mock.calls.join()).toContain(path);
  });

  it("gives the same keys again", () => {
    createKeys(path);
    expect(keysFromFile(path).secrets.all()).toEqual(keysFromFile(path).secrets.all());
  });

  it("refuses a missing file in production and says how to make one", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(() => keysFromFile(path)).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }));
    expect(() => keysFromFile(path)).toThrow("createKeys(");
  });

  it.each([
    ["no JSON", "{"],
    ["no keys", "{}"],
    ["an empty list", '{"subjects":[],"secrets":[]}'],
    ["a short key", '{"subjects":[{"id":"a","key":"YWJj"}],"secrets":[{"id":"a","key":"YWJj"}]}'],
    ["a key without a name", `{"subjects":[{"key":"${"A".repeat(44)}"}],"secrets":[{"key":"x"}]}`],
  ])("refuses a file with %s, without showing it", (_, text) => {
    writeFileSync(path, text);
    expect(() => keysFromFile(path)).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }));
    expect(() => keysFromFile(path)).not.toThrow("YWJj");
  });
});

describe("createKeys", () => {
  it("never overwrites keys: whatever they encrypted would be lost", () => {
    createKeys(path);
    const before = readFileSync(path, "utf8");
    expect(() => createKeys(path)).toThrow("EEXIST");
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});
