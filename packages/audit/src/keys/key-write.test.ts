import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { file } from "../../test/key-samples.ts";
import { parseKeyFile, printKeyFile } from "./key-file-text.ts";
import { changeKeyFile, createKeyFile } from "./key-write.ts";
import { makeKeyFile } from "./make.ts";
import { rotateKeys } from "./rotate.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-key-write-"));
const NOW = Date.parse("2026-11-22T00:00:00Z");
let count = 0;
let path = "";

beforeEach(() => {
  path = join(folder, `${count++}.keys`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const INVALID = expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" });
const read = (): unknown => parseKeyFile(readFileSync(path, "utf8"), path);
const beside = (): readonly string[] =>
  readdirSync(dirname(path)).filter((name) => name !== basename(path) && name.startsWith(basename(path)));

describe("createKeyFile", () => {
  it("[V11.6.1] writes fresh keys of every kind for their owner only", () => {
    const made = makeKeyFile({ now: NOW, owner: "보안팀", name: "market.example/log" });
    createKeyFile(path, made);
    expect(read()).toEqual(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(beside()).toEqual([]);
    const keys = [made.subjects[0]?.key, made.secrets[0]?.key, made.signers[0]?.seed];
    expect(new Set(keys).size).toBe(3);
    expect(made.subjects[0]).toMatchObject({
      from: "2026-11",
      owner: "보안팀",
      made: "2026-11-22T00:00:00.000Z",
    });
  });

  it("never replaces a file: whatever its keys encrypted would be lost", () => {
    createKeyFile(path, file());
    expect(() => createKeyFile(path, makeKeyFile({ now: NOW }))).toThrow(INVALID);
    expect(() => createKeyFile(path, makeKeyFile({ now: NOW }))).toThrow("is there already");
    expect(read()).toEqual(file());
    expect(beside()).toEqual([]);
  });

  it("says what is wrong with a folder", () => {
    expect(() => createKeyFile(join(folder, "none", "my.keys"), file())).toThrow("ENOENT");
  });
});

describe("changeKeyFile", () => {
  const rotate = () => changeKeyFile(path, (given) => rotateKeys(given, "secrets", { now: NOW }));

  it("puts the changed file in the place of the old one, again for its owner only", () => {
    writeFileSync(path, printKeyFile(file()), { mode: 0o644 });
    const changed = rotate();
    expect(changed.secrets).toHaveLength(2);
    expect(read()).toEqual(changed);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(beside()).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)("leaves the file to its owner when root changes it", () => {
    createKeyFile(path, file());
    chownSync(path, 1_234, 1_234);
    rotate();
    expect(statSync(path)).toMatchObject({ uid: 1_234, gid: 1_234 });
  });

  it("changes the file behind a link, and leaves the link", () => {
    createKeyFile(path, file());
    const link = join(folder, `${count++}.link`);
    symlinkSync(path, link);
    changeKeyFile(link, (given) => rotateKeys(given, "secrets", { now: NOW }));
    expect((read() as { secrets: unknown[] }).secrets).toHaveLength(2);
    expect(readFileSync(link, "utf8")).toBe(readFileSync(path, "utf8"));
  });

  it.each([
    [
      "a change that is refused",
      () => {
        throw new Error("no");
      },
    ],
    ["content that could not be read again", () => ({ ...file(), secrets: [] })],
  ])("leaves the old file after %s", (_, change) => {
    createKeyFile(path, file());
    expect(() => changeKeyFile(path, change)).toThrow();
    expect(read()).toEqual(file());
    expect(beside()).toEqual([]);
    expect(rotate().secrets).toHaveLength(2);
  });

  it("refuses while another change is at work, or was killed, and says what to do", () => {
    createKeyFile(path, file());
    writeFileSync(`${path}.lock`, "");
    expect(rotate).toThrow(INVALID);
    expect(rotate).toThrow(`delete ${path}.lock`);
    expect(existsSync(`${path}.lock`)).toBe(true);
    expect(read()).toEqual(file());
  });

  it("refuses a second change within the first", () => {
    createKeyFile(path, file());
    expect(() => changeKeyFile(path, rotate)).toThrow("another change");
    expect(read()).toEqual(file());
  });

  it("refuses a file that is not there", () => {
    expect(rotate).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }));
    expect(beside()).toEqual([]);
  });
});
