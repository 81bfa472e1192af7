import { readFile, stat } from "node:fs/promises";
import { inputInvalid } from "../input-error.ts";

/**
 * Reads a whole file as it is.
 *
 * @param what - what it should be, as `a bundle of garim prove`
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where it cannot be read, or is larger than any such file
 */
export async function readTextFile(path: string, what: string, mostBytes: number): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= mostBytes) return await readFile(path, "utf8");
  } catch (cause) {
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "is not there" : `cannot be read (${code})`;
    throw inputInvalid(`${path} ${why}; give the path of ${what}`, cause);
  }
  throw inputInvalid(`${path} is larger than ${mostBytes} bytes; give the path of ${what}`);
}
