import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lockFolder } from "./folder-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
const path = join(folder, "marketplace.lock");

afterAll(() => rmSync(folder, { recursive: true }));

describe("lockFolder", () => {
  it("gives a folder to one holder at a time", () => {
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`Another marketplace (process ${process.pid})`);
    unlock();
    lockFolder(folder)();
  });

  it("refuses a folder another running process holds", () => {
    writeFileSync(path, String(process.ppid));
    expect(() => lockFolder(folder)).toThrow(`Another marketplace (process ${process.ppid})`);
  });

  it.each([
    ["a process that is gone", "4194303"],
    ["an earlier one of the same number", String(process.pid)],
    ["nobody", ""],
  ])("takes over the lock of %s", (_, holder) => {
    writeFileSync(path, holder);
    const unlock = lockFolder(folder);
    expect(readFileSync(path, "utf8")).toBe(String(process.pid));
    unlock();
  });
});
