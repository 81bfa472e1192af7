import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { inputInvalid } from "../input-error.ts";

/**
 * Writes a new folder at once or not at all, for its owner only: it is made beside its place and then put there. One that is there
 * is never written into.
 *
 * @param files - paths inside the folder and what they hold
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`
 */
export async function writeNewFolder(
  option: string,
  path: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  const place = resolve(path);
  const draft = `${place}.${process.pid}.part`;
  try {
    // An empty folder takes the place first: a rename replaces that and nothing else.
    await mkdir(place, { mode: 0o700 });
    await mkdir(draft, { mode: 0o700 });
    for (const [name, content] of files) {
      await mkdir(dirname(join(draft, name)), { recursive: true, mode: 0o700 });
      await writeFile(join(draft, name), content, { flag: "wx", mode: 0o600 });
    }
    await rename(draft, place);
  } catch (cause) {
    throw refusal(option, path, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Asked before long work: an answer that cannot be written would be on record for nothing. Throws as {@link writeNewFolder}. */
export function refuseFolder(option: string, path: string | undefined): void {
  if (path !== undefined && existsSync(path))
    throw refusal(option, path, Object.assign(new Error("exists"), { code: "EEXIST" }));
}

function refusal(option: string, path: string, cause: unknown): Error {
  const { code = "unknown error" } = cause as NodeJS.ErrnoException;
  return code === "EEXIST"
    ? inputInvalid(`${path} is there already; give ${option} a folder that is not there yet`, cause)
    : inputInvalid(`${path} cannot be written (${code}); give ${option} a path you may write to`, cause);
}
