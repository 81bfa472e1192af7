import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findUser } from "./folder-user.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-user-"));
const file = join(folder, "open");
writeFileSync(file, "");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that has the file open until it is ended. */
async function hold(): Promise<ChildProcess> {
  const script = `require("node:fs").openSync(${JSON.stringify(file)}); console.log("open"); setInterval(() => 0, 1e6)`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout ?? child, "data");
  return child;
}

describe.skipIf(process.platform !== "linux")("findUser", () => {
  it("finds the process that has a file of the folder open, and nobody once it has ended", async () => {
    expect(findUser(folder)).toBeUndefined();
    const child = await hold();
    expect(findUser(folder)).toBe(child.pid);
    // A folder whose name only begins alike is another one.
    expect(findUser(folder.slice(0, -1))).toBeUndefined();
    const ended = once(child, "exit");
    child.kill();
    await ended;
    expect(findUser(folder)).toBeUndefined();
  });

  it("knows nothing where the system does not tell", () => {
    expect(findUser(folder, join(folder, "none"))).toBeUndefined();
  });
});
