import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { sep } from "node:path";

/**
 * Finds another process that has files of a folder open. Only Linux tells; elsewhere, and of other users' processes, nothing is
 * known.
 *
 * @returns its process id
 */
export function findUser(folder: string, processes = "/proc"): number | undefined {
  const inside = `${tryReal(folder)}${sep}`;
  return list(processes)
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .find((pid) => openFiles(`${processes}/${pid}/fd`).some((path) => path.startsWith(inside)));
}

function openFiles(descriptors: string): readonly string[] {
  return list(descriptors).map((name) => {
    try {
      return readlinkSync(`${descriptors}/${name}`);
    } catch {
      return "";
    }
  });
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function tryReal(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
