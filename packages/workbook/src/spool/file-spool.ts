import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { GarimError } from "@garim/policy";
import type { Spool, SpoolWriter } from "./spool.ts";

/** What is being written ends like this; only a whole file has its own name. */
const UNFINISHED = ".part";

/**
 * A spool in a folder, which is made where there is none. On a file system that nodes share, they share the files.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` for an id that is no file name
 */
export function fileSpool(folder: string): Spool {
  return {
    async create(id) {
      const path = pathOf(folder, id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return new FileWriter(path, await open(path + UNFINISHED, "wx", 0o600));
    },
    async open(id) {
      const handle = await open(pathOf(folder, id), "r");
      return createReadStream("", { fd: handle, highWaterMark: 262_144 });
    },
    async remove(id) {
      const path = pathOf(folder, id);
      await rm(path, { force: true });
      await rm(path + UNFINISHED, { force: true });
    },
  };
}

function pathOf(folder: string, id: string): string {
  if (/^[\w-][\w.-]{0,119}$/.test(id)) return join(folder, id);
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    "A spooled file's id is letters, digits, '.', '_' and '-', at most 120 of them.",
  );
}

class FileWriter implements SpoolWriter {
  readonly #path: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at);
      at += bytesWritten;
    }
  }

  async finish(): Promise<void> {
    // A power cut must not leave a whole file's name on half a file.
    await this.#handle.datasync();
    await this.#handle.close();
    await rename(this.#path + UNFINISHED, this.#path);
  }

  async discard(): Promise<void> {
    // It may be closed already.
    await this.#handle.close().catch(() => undefined);
    await rm(this.#path + UNFINISHED, { force: true });
    await rm(this.#path, { force: true });
  }
}
