import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GarimError } from "@garim/policy";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chain, file, signer, single } from "../../test/key-samples.ts";
import { ed25519Signer } from "../note/signer.ts";
import type { KeyFile } from "./key-file.ts";
import { printKeyFile } from "./key-file-text.ts";
import { watchKeyFile } from "./key-watch.ts";
import { createKeyFile } from "./key-write.ts";
import { openKeyFile } from "./open-keys.ts";
import { retireSigner } from "./retire.ts";
import { rotateKeys } from "./rotate.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-key-watch-"));
let count = 0;
let path = "";
let now = 0;
let faults: GarimError[] = [];

beforeEach(() => {
  path = join(folder, `${count++}.keys`);
  createKeyFile(path, file());
  faults = [];
  now = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (isProduction = false) => ({
  isProduction,
  onFault: (fault: GarimError) => void faults.push(fault),
  tick: () => now,
});

/** As `changeKeyFile` does, and editors that mind their files. */
function replace(next: KeyFile | string): void {
  const text = typeof next === "string" ? next : printKeyFile(next);
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const NEXT = file({ secrets: [single("s2", 9), single("s1", 2)] });

describe("watchKeyFile", () => {
  it("sees a changed file a second later at the latest, and looks no more often", () => {
    const read = watchKeyFile(path, options());
    const first = read();
    replace(NEXT);
    now = 999;
    expect(read()).toBe(first);
    now = 1_000;
    expect(read()).toEqual(NEXT);
    now = 5_000;
    expect(read()).toBe(read());
    expect(faults).toEqual([]);
  });

  it.each([
    ["half-written", () => replace(printKeyFile(NEXT).slice(0, 200)), "damaged"],
    ["empty", () => replace(""), "damaged"],
    ["gone", () => rmSync(path), "There is no key file"],
  ])(
    "keeps the keys while the file is %s, says so once, and takes the next good one",
    (_, spoil, message) => {
      const read = watchKeyFile(path, options());
      const first = read();
      spoil();
      for (now = 1_000; now <= 5_000; now += 1_000) expect(read()).toBe(first);
      expect(faults.map((fault) => fault.message)).toEqual([expect.stringContaining(message)]);
      replace(NEXT);
      now = 7_000;
      expect(read()).toEqual(NEXT);
      expect(faults).toHaveLength(1);
      spoil();
      now = 9_000;
      expect(read()).toEqual(NEXT);
      expect(faults).toHaveLength(2);
    },
  );

  it("goes on when the listener of faults throws", () => {
    const onFault = (): never => {
      throw new Error("listener");
    };
    const read = watchKeyFile(path, { ...options(), onFault });
    replace("{");
    now = 1_000;
    expect(read()).toEqual(file());
  });

  it.skipIf(process.platform === "win32")(
    "refuses a file that others can read in production, and says so otherwise",
    () => {
      chmodSync(path, 0o640);
      expect(() => watchKeyFile(path, options(true))).toThrow(
        expect.objectContaining({
          code: "ERR_GARIM_KEYS_INVALID",
          message: expect.stringContaining("chmod 600"),
        }),
      );
      expect(watchKeyFile(path, options())()).toEqual(file());
      expect(faults.map((fault) => fault.message)).toEqual([expect.stringContaining("chmod 600")]);
    },
  );

  it.skipIf(process.platform === "win32")(
    "keeps the keys when others may read the file later in production",
    () => {
      const read = watchKeyFile(path, options(true));
      replace(NEXT);
      chmodSync(path, 0o644);
      now = 1_000;
      expect(read()).toEqual(file());
      chmodSync(path, 0o600);
      now = 2_000;
      expect(read()).toEqual(NEXT);
      expect(faults).toHaveLength(1);
    },
  );

  it("refuses to begin without a file, or with a damaged one", () => {
    replace("{");
    expect(() => watchKeyFile(path, options())).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }),
    );
    rmSync(path);
    expect(() => watchKeyFile(path, options())).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }),
    );
  });

  it("never fails, nor gives half a file, while another process rewrites it in place", async () => {
    const texts = [file(), NEXT].map(printKeyFile);
    const read = watchKeyFile(path, options());
    const writer = await startWriter(path, texts);
    const seen = new Set<string>();
    const look = (): void => {
      now += 1_000;
      seen.add(printKeyFile(read()));
    };
    try {
      await vi.waitFor(() => {
        for (let i = 0; i < 1_000; i++) look();
        expect(seen.size).toBe(2);
      });
    } finally {
      writer.kill();
    }
    expect([...seen].toSorted()).toEqual(texts.toSorted());
    for (const fault of faults) expect(fault.message).toContain("damaged");
  });
});

/** A process that writes one text after the other into the file, each in two halves. */
async function startWriter(target: string, texts: readonly string[]): Promise<ChildProcess> {
  const script = `const fs = require("node:fs"), [target, ...texts] = process.argv.slice(1);
    fs.writeFileSync(target, texts[0]);
    process.stdout.write("ready");
    for (let i = 0; ; i++) {
      const text = texts[i % texts.length], fd = fs.openSync(target, "w");
      fs.writeSync(fd, text.slice(0, 300));
      for (let j = 0; j < 1e6; j++);
      fs.writeSync(fd, text.slice(300)); fs.closeSync(fd);
      for (let j = 0; j < 1e6; j++);
    }`;
  const child = spawn(process.execPath, ["-e", script, target, ...texts], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

describe("openKeyFile", () => {
  it("gives all kinds, as the file has them at each use", () => {
    const keys = openKeyFile(path, options());
    const at = Date.parse("2026-11-22T00:00:00Z");
    expect(keys.subjects.all(at).map(({ id }) => id)).toEqual(["2026-11.aaaa", "2026-12.aaaa"]);
    expect(keys.secrets.all()).toEqual([{ id: "s1", key: new Uint8Array(32).fill(2) }]);
    const verifiers = () => keys.signers.all().map(({ verifierKey }) => verifierKey);
    const [old, next] = [3, 4].map(
      (fill) => ed25519Signer("market.example/log", new Uint8Array(32).fill(fill)).verifierKey,
    );
    expect(verifiers()).toEqual([old]);
    expect(keys.secrets.all()).toBe(keys.secrets.all());

    const two = {
      ...rotateKeys(file(), "secrets", { now: at }),
      signers: [signer("n2", 4), signer("n1", 3)],
    };
    replace(two);
    now = 1_000;
    expect(verifiers()).toEqual([next, old]);
    expect(keys.secrets.all()).toHaveLength(2);
    replace({ ...retireSigner(two, "n1", at), subjects: [chain("bbbb", "2026-11", 7)] });
    now = 2_000;
    expect(verifiers()).toEqual([next]);
    expect(keys.subjects.all(at)[0]?.id).toBe("2026-11.bbbb");
  });

  it("shows no key when it is printed", () => {
    expect(JSON.stringify(openKeyFile(path, options()))).not.toMatch(/[A-Za-z0-9+/]{43}/);
  });
});
