import { execFile } from "node:child_process";
import { mkdtemp, open, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { leftOut } from "./left-out.ts";

/** A disk that is soon full: a tmpfs of its own. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes what room there is. */
  fill(): Promise<void>;
  /** Gives it back. */
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Mounts a small disk, which takes root and Linux.
 *
 * @param what - the tests that need it
 * @returns `undefined` where it cannot be mounted, which is said
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function mountSmallDiskOrSkip(what: string, sizeMb: number): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "garim-disk-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m,mode=1777`, "garim-test", folder]);
    return diskAt(folder);
  } catch (error) {
    await rmdir(folder);
    const [why] = String(error).trim().split("\n").slice(-1);
    leftOut(what, `no small disk can be mounted (${why}); run the tests as root on Linux`);
    return undefined;
  }
}

function diskAt(folder: string): SmallDisk {
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: () => fill(ballast),
    makeRoom: () => rm(ballast, { force: true }),
    async remove() {
      // Lazily, as a process of the test may look into it still.
      await run("umount", ["--lazy", folder]);
      await rmdir(folder);
    },
  };
}

/** Down to the last page of 4 kB, which is what a tmpfs hands out. */
async function fill(path: string): Promise<void> {
  const file = await open(path, "a");
  try {
    for (const sizeBytes of [1_048_576, 4_096]) await writeUntilFull(file, Buffer.alloc(sizeBytes));
  } finally {
    await file.close();
  }
}

async function writeUntilFull(file: Awaited<ReturnType<typeof open>>, bytes: Buffer): Promise<void> {
  try {
    for (;;) {
      const { bytesWritten } = await file.write(bytes);
      if (bytesWritten < bytes.length) return;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
