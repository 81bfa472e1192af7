import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeKeyFile, rotateKeys } from "@garim/audit";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeys, keysFromFile } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-keys-"));
const NOW = Date.now();
let count = 0;
let path = "";

beforeEach(() => {
  path = join(folder, `${count++}.keys`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("keysFromFile", () => {
  it("makes a missing file with keys of every kind outside production, for its owner only, and says so", () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const keys = keysFromFile(path);
    expect(keys.subjects.all(NOW)[0]?.key).toHaveLength(32);
    expect(keys.secrets.all()[0]?.key).not.toEqual(keys.subjects.all(NOW)[0]?.key);
    expect(keys.signers.all()[0]?.verifierKey).toMatch(/^garim\//);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(said.mock.calls.join()).toContain(path);
  });

  it("gives the same keys again", () => {
    createKeys(path);
    expect(keysFromFile(path).secrets.all()).toEqual(keysFromFile(path).secrets.all());
    expect(keysFromFile(path).subjects.all(NOW)).toEqual(keysFromFile(path).subjects.all(NOW));
  });

  it("takes a changed file over while it runs, and a damaged one not", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    createKeys(path);
    const keys = keysFromFile(path);
    changeKeyFile(path, (file) => rotateKeys(file, "secrets", { now: NOW }));
    vi.advanceTimersByTime(1_000);
    expect(keys.secrets.all()).toHaveLength(2);
    writeFileSync(path, "{");
    vi.advanceTimersByTime(1_000);
    expect(keys.secrets.all()).toHaveLength(2);
    expect(said.mock.calls.join()).toContain("is damaged");
  });

  it("refuses a missing file in production and says how to make one", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(() => keysFromFile(path)).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }));
    expect(() => keysFromFile(path)).toThrow(`garim keys create ${path}`);
  });

  it.skipIf(process.platform === "win32")("refuses a file that others can read in production", () => {
    vi.stubEnv("NODE_ENV", "production");
    createKeys(path);
    expect(keysFromFile(path).secrets.all()).toHaveLength(1);
    chmodSync(path, 0o640);
    expect(() => keysFromFile(path)).toThrow("chmod 600");
  });

  it("reads a file of the older form", () => {
    const key = Buffer.alloc(32, 7).toString("base64");
    writeFileSync(path, JSON.stringify({ subjects: [{ id: "a", key }], secrets: [{ id: "b", key }] }), {
      mode: 0o600,
    });
    const keys = keysFromFile(path);
    expect(keys.subjects.all(NOW)).toEqual([{ id: "a", key: new Uint8Array(32).fill(7) }]);
    expect(keys.secrets.all()).toEqual([{ id: "b", key: new Uint8Array(32).fill(7) }]);
    expect(keys.signers.all()).toEqual([]);
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
    expect(() => createKeys(path)).toThrow("is there already");
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});
