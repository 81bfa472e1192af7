import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { FileTarget } from "@garim/audit";
import { stateUnavailable } from "@garim/auth";

/** A file that waits until it may be handed out. */
export interface Spool extends FileTarget {
  /** What was written, from its beginning; ends the file. */
  read(): Readable;
}

/**
 * Opens a file without a name in the system's temporary folder: nobody else can open it, and nothing of it remains, even of a
 * process that is killed. The memory it takes does not grow with it.
 *
 * @param isGone - whether whoever it is for has gone: it is written no further
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the folder takes no file
 */
export async function openSpool(isGone: () => boolean): Promise<Spool> {
  const file = await openNameless().catch(tellFull);
  return {
    write: (bytes) => writeUnlessGone(file, bytes, isGone),
    release: async () => undefined,
    discard: () => file.close(),
    read: () => file.createReadStream({ start: 0 }),
  };
}

/** @throws what `isGone` makes of it; GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the folder is full */
export async function writeUnlessGone(
  file: FileHandle,
  bytes: Uint8Array,
  isGone: () => boolean,
): Promise<void> {
  if (isGone()) throw new Error("Whoever asked for the file has gone");
  await file.writeFile(bytes).catch(tellFull);
}

/** A file that has lost its name: it is gone when it is closed, also by a process that is killed. */
export async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `garim-export-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}

export function tellFull(cause: unknown): never {
  throw stateUnavailable(
    "The temporary folder takes no file for an export. Make room in it, or give the process another by TMPDIR.",
    cause,
  );
}
