import { readTextFile } from "./text-file.ts";

/** As large as a signed note may be. */
const MAX_BYTES = 262_144;

/** Reads a signed checkpoint that somebody kept. @throws GarimError `ERR_GARIM_INPUT_INVALID` */
export function readNoteFile(path: string): Promise<string> {
  return readTextFile(path, "a signed checkpoint", MAX_BYTES);
}
