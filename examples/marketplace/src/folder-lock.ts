import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlainError } from "./plain-error.ts";

/** Folders this very process holds: its own pid in a lock says nothing else. */
const held = new Set<string>();

/**
 * Takes a folder for this process alone: the embedded database lives in one process. A lock whose process is gone is taken over.
 *
 * @returns gives the folder back
 * @throws PlainError where another running marketplace has it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "marketplace.lock");
  // Written aside and linked into place: whoever reads the lock never sees it half-written.
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    if (!tryLink(own, path)) takeOver(own, path, folder);
  } finally {
    rmSync(own, { force: true });
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

function takeOver(own: string, path: string, folder: string): void {
  const holder = Number(readFileSync(path, "utf8"));
  if (isRunning(holder, path)) throw inUse(folder, holder);
  rmSync(path, { force: true });
  if (!tryLink(own, path)) throw inUse(folder, holder);
}

function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isRunning(pid: number, path: string): boolean {
  if (pid === process.pid) return held.has(path);
  // 0 and negative numbers would ask after whole groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function inUse(folder: string, pid: number): PlainError {
  return new PlainError(
    `Another marketplace (process ${pid}) uses ${folder}: stop it, or give this one a folder with --data DIR`,
  );
}
