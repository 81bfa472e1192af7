import {
  closeSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { GarimError, isGarimError } from "@garim/policy";
import type { KeyFile } from "./key-file.ts";
import { parseKeyFile, printKeyFile } from "./key-file-text.ts";
import { readKeyFile } from "./key-read.ts";

/**
 * Writes a new key file, readable by its owner only, whole or not at all. Never replaces one: with its keys every second factor
 * and the way from a person to the log would be lost.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where a file is there already, or cannot be written
 */
export function createKeyFile(path: string, file: KeyFile): void {
  replaceWhole(path, {
    write: (fd) => writeDurably(fd, file),
    put: (lock) => {
      // A link, unlike a rename, never replaces what is there.
      linkSync(lock, path);
      rmSync(lock);
    },
  });
}

/**
 * Changes a key file, whole or not at all: a reader sees the old one or the new one, and so does who comes after a crash. Two
 * changes at a time cannot be: the second is refused.
 *
 * @param change - gives the new content; where it throws, nothing is changed
 * @returns the new content
 * @throws GarimError `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID` (damaged, cannot be written, or another change runs);
 *   what `change` throws
 */
export function changeKeyFile(path: string, change: (file: KeyFile) => KeyFile): KeyFile {
  // A link to the file stays a link: its target is what changes.
  const target = realPath(path);
  return replaceWhole(target, {
    write: (fd) => {
      const next = change(readKeyFile(target).file);
      keepOwner(fd, target);
      return writeDurably(fd, next);
    },
    put: (lock) => renameSync(lock, target),
  });
}

interface Replacement {
  readonly write: (fd: number) => KeyFile;
  /** Puts what was written in its place, and so takes the lock away. */
  readonly put: (lock: string) => void;
}

/**
 * The new content is written to `<path>.lock`, which only one can make, and which becomes the file. A process killed meanwhile
 * leaves it behind: nobody can tell it from one at work, so a person must.
 */
function replaceWhole(path: string, { write, put }: Replacement): KeyFile {
  return attempt(path, () => {
    const lock = `${path}.lock`;
    const fd = openSync(lock, "wx", 0o600);
    const file = orDelete(lock, () => writeAndClose(fd, write));
    orDelete(lock, () => put(lock));
    syncFolder(path);
    return file;
  });
}

function writeAndClose(fd: number, write: Replacement["write"]): KeyFile {
  try {
    return write(fd);
  } finally {
    closeSync(fd);
  }
}

/** Only while the lock is ours: once the content is in its place, a lock is somebody else's. */
function orDelete<T>(lock: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  }
}

function writeDurably(fd: number, file: KeyFile): KeyFile {
  const text = printKeyFile(file);
  // What could not be read again is never put in a file's place.
  parseKeyFile(text, "that would be written");
  writeFileSync(fd, text);
  fsyncSync(fd);
  return file;
}

/** A change made by root must not take the file from the process that reads it. */
function keepOwner(fd: number, path: string): void {
  const { uid, gid } = statSync(path);
  if (process.getuid !== undefined && process.getuid() !== uid) fchownSync(fd, uid, gid);
}

function syncFolder(path: string): void {
  // Windows has no folder to sync.
  if (process.platform === "win32") return;
  const fd = openSync(dirname(path), "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Said by the reading.
    return path;
  }
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw isGarimError(cause) ? cause : unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  const message =
    code !== "EEXIST"
      ? `The key file ${path} cannot be written (${code}); run as the file's owner, in a folder that it may write to`
      : syscall === "link"
        ? `${path} is there already and is never replaced: its keys would be lost. Change it with garim keys rotate, or give another path`
        : `${path}.lock is there: another change of the keys is at work, or was killed. If none is at work, delete ${path}.lock (it holds keys) and try again`;
  return new GarimError("ERR_GARIM_KEYS_INVALID", message, cause);
}
