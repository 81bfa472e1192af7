import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeyFile, readKeyFile } from "@garim/audit";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Ran, run } from "../tool.ts";
import { TOP } from "../workspace.ts";

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "garim-start-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
let path = "";
beforeEach(() => {
  path = join(folder, `${count++}.keys`);
});

function garim(nodeArgs: readonly string[], ...args: readonly string[]): Promise<Ran> {
  return run(
    process.execPath,
    [...nodeArgs, join(TOP, "packages/cli/dist/main.js"), "keys", ...args],
    folder,
  );
}

/** Makes a process kill itself, as kill -9 would, where it is about to call a function of `node:fs`. */
function killedBefore(name: string): readonly string[] {
  const script = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    fs[${JSON.stringify(name)}] = () => { process.kill(process.pid, "SIGKILL"); for (;;); };
    syncBuiltinESMExports();`;
  return ["--import", `data:text/javascript,${encodeURIComponent(script)}`];
}

const rotate = (nodeArgs: readonly string[]): Promise<Ran> =>
  garim(nodeArgs, "rotate", "--kind", "secrets", "--keys", path);

describe("garim keys, killed", { timeout: MINUTE }, () => {
  it.each(["fsyncSync", "renameSync"])("leaves the old file whole, before %s of a change", async (name) => {
    await garim([], "create", path);
    const before = readFileSync(path, "utf8");
    const { code } = await rotate(killedBefore(name));
    expect([code, existsSync(`${path}.lock`)]).toEqual([1, true]);
    expect(readFileSync(path, "utf8")).toBe(before);
    expect(readKeyFile(path).file.secrets).toHaveLength(1);

    const refused = await rotate([]);
    expect(refused).toMatchObject({ code: 2, output: expect.stringContaining(`delete ${path}.lock`) });
    rmSync(`${path}.lock`);
    expect((await rotate([])).code).toBe(0);
    expect(readKeyFile(path).file.secrets).toHaveLength(2);
  });

  it.each(["fsyncSync", "linkSync"])("leaves no file, before %s of the first one", async (name) => {
    await garim(killedBefore(name), "create", path);
    expect([existsSync(path), existsSync(`${path}.lock`)]).toEqual([false, true]);
    rmSync(`${path}.lock`);
    expect((await garim([], "create", path)).code).toBe(0);
    expect(readKeyFile(path).isOpenToOthers).toBe(false);
  });
});

/** Derives the keys of a moment in a process of its own, from the built package. */
async function keysElsewhere(now: number): Promise<unknown> {
  const script = `import { openKeyFile } from "@garim/audit";
    const { subjects } = openKeyFile(${JSON.stringify(path)}, { isProduction: true, onFault: console.error });
    console.log(JSON.stringify(subjects.all(${now}).map(({ id, key }) => [id, Buffer.from(key).toString("hex")])));`;
  const { output } = await run(process.execPath, ["--input-type=module", "-e", script], join(TOP, "test"));
  return JSON.parse(output);
}

describe("a key file of two nodes", { timeout: MINUTE }, () => {
  it("gives both the same key for each month, years after it was made", async () => {
    await garim([], "create", path);
    const now = Date.now() + 3 * 366 * 86_400_000;
    const { subjects } = openKeyFile(path, { isProduction: true, onFault: () => undefined });
    const here = subjects.all(now).map(({ id, key }) => [id, Buffer.from(key).toString("hex")]);
    expect(here.length).toBeGreaterThan(36);
    expect(await Promise.all([keysElsewhere(now), keysElsewhere(now)])).toEqual([here, here]);
  });
});

describe("garim keys, several at once", { timeout: MINUTE }, () => {
  it("loses no change: each is in the file, or was refused", async () => {
    await garim([], "create", path);
    const ended = await Promise.all(Array.from({ length: 8 }, () => rotate([])));
    const done = ended.filter(({ code }) => code === 0).length;
    expect(done).toBeGreaterThan(0);
    expect(readKeyFile(path).file.secrets).toHaveLength(1 + done);
    for (const { code, output } of ended) if (code !== 0) expect(output).toContain("another change");
  });
});
