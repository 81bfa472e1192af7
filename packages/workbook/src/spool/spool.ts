/**
 * Keeps ciphertext between making and fetching a file: {@link fileSpool} in a folder, {@link objectSpool} in an object store.
 * Nodes that share one serve each other's files. A file is two objects: `<id>.body` and `<id>.ends`, the second made last.
 */
export interface Spool {
  /** Begins an object. Nobody may open it before `finish`. */
  create(id: string): Promise<SpoolWriter>;
  /** @throws where there is none */
  open(id: string): Promise<AsyncIterable<Uint8Array>>;
  /** Removes an object, also one whose writer is gone; that there is none is no error. */
  remove(id: string): Promise<void>;
}

export interface SpoolWriter {
  /** Resolves when it can take more. */
  write(bytes: Uint8Array): Promise<void>;
  /** The object is whole: from here on it can be opened. */
  finish(): Promise<void>;
  /** Gives up: nothing may remain. */
  discard(): Promise<void>;
}
