import { statSync } from "node:fs";
import { type GarimError, isGarimError } from "@garim/policy";
import type { KeyFile } from "./key-file.ts";
import { openToOthers, type ReadKeys, readKeyFile, stampOf } from "./key-read.ts";

export interface KeyWatchOptions {
  /** Refuses a file that others than its owner can read; otherwise that is said. */
  readonly isProduction: boolean;
  /** Told what is wrong with the file, once each: while it is, the keys of before stay in force. */
  readonly onFault: (error: GarimError) => void;
  /** Milliseconds that never go back; the computer's unless given. */
  readonly tick?: () => number;
}

/** How long a change of the file may go unseen. */
const STALE_MS = 1_000;

/**
 * Opens a key file and follows its changes: looked at on use, at most once a second. A file that is missing, half-written or
 * damaged later changes nothing, and is said.
 *
 * @returns the content of the file; the same object while it did not change
 * @throws GarimError `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`, at the opening only
 */
export function watchKeyFile(path: string, options: KeyWatchOptions): () => KeyFile {
  const { tick = () => performance.now() } = options;
  const watch = new KeyWatch(path, options);
  let lookedAt = tick();
  return () => {
    const now = tick();
    if (now - lookedAt >= STALE_MS) {
      lookedAt = now;
      watch.look();
    }
    return watch.file;
  };
}

class KeyWatch {
  readonly #path: string;
  readonly #options: KeyWatchOptions;
  #read: ReadKeys;
  /** The fault that was said, until the file is well again. */
  #said: string | undefined;

  constructor(path: string, options: KeyWatchOptions) {
    this.#path = path;
    this.#options = options;
    this.#read = this.#load();
  }

  get file(): KeyFile {
    return this.#read.file;
  }

  look(): void {
    try {
      if (this.#hasChanged()) this.#read = this.#load();
      this.#said = undefined;
    } catch (error) {
      if (!isGarimError(error)) throw error;
      if (this.#said !== error.message) this.#say(error);
      this.#said = error.message;
    }
  }

  #hasChanged(): boolean {
    try {
      return stampOf(statSync(this.#path, { bigint: true })) !== this.#read.stamp;
    } catch {
      // Reading it says why.
      return true;
    }
  }

  #load(): ReadKeys {
    const read = readKeyFile(this.#path);
    if (!read.isOpenToOthers) return read;
    const fault = openToOthers(this.#path);
    if (this.#options.isProduction) throw fault;
    this.#say(fault);
    return read;
  }

  /** A listener that throws must not stop whoever uses the keys. */
  #say(fault: GarimError): void {
    try {
      this.#options.onFault(fault);
    } catch {
      // What a listener does with a fault is its own affair.
    }
  }
}
