import { link, open, rename, rm } from "node:fs/promises";
import type { FileTarget } from "@garim/audit";
import { inputInvalid } from "../input-error.ts";

/**
 * A file that is there whole or not at all: written beside its place, readable by its owner only, and put there when it is released.
 *
 * @param isForced - whether a file that is there may be replaced
 * @param option - by which the path was given, for errors
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where a file is there already, or the folder cannot be written to
 */
export async function openFileTarget(path: string, isForced: boolean, option: string): Promise<FileTarget> {
  const draft = `${path}.${process.pid}.part`;
  if (!isForced) await refuseExisting(path, option);
  const file = await open(draft, "wx", 0o600).catch((cause: unknown) => {
    throw refusal(path, cause, option);
  });
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
  };
  return {
    write: async (bytes) => void (await file.writeFile(bytes)),
    release: async () => {
      try {
        await file.sync();
        await file.close();
        // A link, unlike a rename, never replaces what came there meanwhile.
        await (isForced ? rename(draft, path) : link(draft, path));
      } catch (cause) {
        throw refusal(path, cause, option);
      } finally {
        await discard();
      }
    },
    discard,
  };
}

/** Asked first, too: a long export for nothing would be on record. */
async function refuseExisting(path: string, option: string): Promise<void> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return;
  await file.close();
  throw refusal(path, Object.assign(new Error("exists"), { code: "EEXIST" }), option);
}

function refusal(path: string, cause: unknown, option: string): Error {
  const { code = "unknown error" } = cause as NodeJS.ErrnoException;
  return code === "EEXIST"
    ? inputInvalid(`${path} is there already; write --force to replace it, or another ${option}`, cause)
    : inputInvalid(
        `${path} cannot be written (${code}); give ${option} a path in a folder that you may write to`,
        cause,
      );
}
