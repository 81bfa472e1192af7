import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { leftOut } from "./left-out.ts";

/** A disk whose calls fail with EIO when a test says so. */
export interface DyingDisk {
  /** To be loaded before the libraries of a process (`LD_PRELOAD`): its calls are concerned. */
  readonly library: string;
  /** The next such call fails. */
  failOnce(call: DiskCall): Promise<void>;
  /** Whether no call is waiting to fail once. */
  hasFailed(call: DiskCall): boolean;
  /** Every such call fails until {@link mend}. */
  failAlways(call: DiskCall): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
}

export type DiskCall = "fdatasync" | "fsync" | "pwrite";

const CALLS: readonly DiskCall[] = ["fdatasync", "fsync", "pwrite"];
const SOURCE = fileURLToPath(new URL("../faults/io-faults.c", import.meta.url));

/**
 * Compiles what makes calls fail, which takes Linux and a C compiler.
 *
 * @param what - the tests that need it
 * @returns `undefined` where that is not there, which is said
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function makeDyingDiskOrSkip(what: string): Promise<DyingDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "garim-dying-"));
  // The server is another user, and removes the file that says once.
  await chmod(folder, 0o777);
  const library = join(folder, "io-faults.so");
  const define = `-DFOLDER="${folder}"`;
  try {
    await promisify(execFile)("cc", ["-shared", "-fPIC", "-O1", "-nostdlib", define, "-o", library, SOURCE]);
  } catch (error) {
    await rm(folder, { recursive: true });
    leftOut(what, `calls to the disk cannot be made to fail (${String(error)}); install gcc on Linux`);
    return undefined;
  }
  return {
    library,
    failOnce: (call) => writeFile(join(folder, call), ""),
    hasFailed: (call) => !existsSync(join(folder, call)),
    failAlways: (call) => writeFile(join(folder, `${call}-always`), ""),
    async mend() {
      for (const call of CALLS)
        for (const name of [call, `${call}-always`]) await rm(join(folder, name), { force: true });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
