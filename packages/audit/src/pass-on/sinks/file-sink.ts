import { type FileHandle, open, stat } from "node:fs/promises";
import { GarimError } from "@garim/policy";
import type { LogEntry } from "../../access.ts";
import { ocsfLines } from "../ocsf/lines.ts";
import type { RecordSink } from "../sink.ts";
import { checkNames } from "./option-names.ts";

export interface FileSinkOptions {
  /** `file:` and the path unless given. */
  readonly name?: string;
  /** Waits for the disk (fdatasync) after every batch; without it a power cut may lose the last ones. */
  readonly fsync?: boolean;
}

/**
 * Appends records to a file, an OCSF event a line (NDJSON). The file is made with mode 0600. It is opened again when another one
 * took its path or none is there (logrotate; `copytruncate` works too), and after every error. No whole line is ever joined to a
 * torn one: what an error or a kill left without its end is closed by a line feed first. One process a file.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`
 */
export function fileSink(path: string, options: FileSinkOptions = {}): RecordSink {
  if (typeof path !== "string" || path === "")
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      'fileSink needs the path of a file; write fileSink("/var/log/garim/access.ndjson")',
    );
  checkNames("fileSink", options, ["name", "fsync"] satisfies readonly (keyof FileSinkOptions)[]);
  return new FileSink(path, options);
}

class FileSink implements RecordSink {
  readonly name: string;
  readonly #path: string;
  readonly #waitsForDisk: boolean;
  #handle: FileHandle | undefined;
  /** One after the other: a send that was given up may still be writing. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string, { name = `file:${path}`, fsync = false }: FileSinkOptions) {
    this.name = name;
    this.#path = path;
    this.#waitsForDisk = fsync;
  }

  send(records: readonly LogEntry[], signal?: AbortSignal): Promise<void> {
    return this.#enqueue(() => {
      signal?.throwIfAborted();
      return this.#append(ocsfLines(records));
    });
  }

  close(): Promise<void> {
    return this.#enqueue(() => this.#release());
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #append(lines: string): Promise<void> {
    try {
      const { handle, prefix } = await this.#reach();
      await handle.appendFile(prefix + lines);
      if (this.#waitsForDisk) await handle.datasync();
    } catch (error) {
      // Whatever it left behind, the next try looks at the file anew.
      await this.#release().catch(() => undefined);
      throw error;
    }
  }

  /** The file that stands at the path now, and what has to come before a new line in it. */
  async #reach(): Promise<{ readonly handle: FileHandle; readonly prefix: string }> {
    if (this.#handle !== undefined && (await this.#isAtPath(this.#handle)))
      return { handle: this.#handle, prefix: "" };
    await this.#release();
    this.#handle = await open(this.#path, "a+", 0o600);
    return { handle: this.#handle, prefix: (await isTorn(this.#handle)) ? "\n" : "" };
  }

  async #isAtPath(handle: FileHandle): Promise<boolean> {
    const [mine, there] = await Promise.all([handle.stat(), stat(this.#path).catch(() => undefined)]);
    return mine.ino === there?.ino && mine.dev === there.dev;
  }

  async #release(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

const LINE_FEED = 10;

async function isTorn(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== LINE_FEED;
}
