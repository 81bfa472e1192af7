import { link, rename, rm, writeFile } from "node:fs/promises";
import { inputInvalid } from "../input-error.ts";

/**
 * Writes a file at once or not at all: it is written beside its place and then put there.
 *
 * @param isForced - whether a file that is there may be replaced
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where a file is there already, or the folder cannot be written to
 */
export async function writeWhole(path: string, text: string, isForced: boolean): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await writeFile(draft, text, { flag: "wx" });
    // A link, unlike a rename, never replaces what came there meanwhile.
    await (isForced ? rename(draft, path) : link(draft, path));
  } catch (cause) {
    throw refusal(path, cause);
  } finally {
    await rm(draft, { force: true });
  }
}

function refusal(path: string, cause: unknown): Error {
  const { code = "unknown error" } = cause as NodeJS.ErrnoException;
  return code === "EEXIST"
    ? inputInvalid(`${path} is there already; write --force to replace it, or another --out`, cause)
    : inputInvalid(
        `${path} cannot be written (${code}); give --out a path in a folder that you may write to`,
        cause,
      );
}
