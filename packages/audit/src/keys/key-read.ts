import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { GarimError } from "@garim/policy";
import type { KeyFile } from "./key-file.ts";
import { parseKeyFile } from "./key-file-text.ts";

/** A key file as it was read. */
export interface ReadKeys {
  readonly file: KeyFile;
  /** Changes with the file: its place on the disk, time, size and rights. */
  readonly stamp: string;
  /** Whether others than its owner may read it; never on Windows, whose rights are other ones. */
  readonly isOpenToOthers: boolean;
}

/** What tells one version of a file from the next. */
export interface FileState {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly mode: bigint;
}

/**
 * Reads a key file.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING` where there is none, `ERR_GARIM_KEYS_INVALID` where it cannot be read or is damaged
 */
export function readKeyFile(path: string): ReadKeys {
  const { text, state } = readText(path);
  const isOpenToOthers = process.platform !== "win32" && (state.mode & 0o077n) !== 0n;
  return { file: parseKeyFile(text, path), stamp: stampOf(state), isOpenToOthers };
}

export function stampOf({ ino, size, mtimeNs, ctimeNs, mode }: FileState): string {
  return [ino, size, mtimeNs, ctimeNs, mode].join();
}

/** Says that others may read the keys, and what to do. */
export function openToOthers(path: string): GarimError {
  return new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `The key file ${path} can be read by others than its owner; write chmod 600 ${path}, and rotate its keys if anybody has read it`,
  );
}

/** The state is of before the reading: a file that changes meanwhile is seen as changed. */
function readText(path: string): { readonly text: string; readonly state: FileState } {
  try {
    const fd = openSync(path, "r");
    try {
      return { state: fstatSync(fd, { bigint: true }), text: readFileSync(fd, "utf8") };
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): GarimError {
  const { code = "unknown error" } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT")
    return new GarimError(
      "ERR_GARIM_KEYS_MISSING",
      `There is no key file ${path}. Make one once with garim keys create ${path}, and keep a copy in a safe place`,
      cause,
    );
  return new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `The key file ${path} cannot be read (${code}); give its path, and run as the file's owner`,
    cause,
  );
}
