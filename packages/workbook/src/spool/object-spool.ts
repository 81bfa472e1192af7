import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import type { Spool, SpoolWriter } from "./spool.ts";

/** What is asked of an object store: the three calls of S3 and its kin. */
export interface ObjectStore {
  /** Stores what comes, to its end; an object of which not all came must not be there afterwards. */
  put(key: string, body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>;
  /** @throws where there is none */
  get(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** That there is none is no error. */
  delete(key: string): Promise<void>;
}

/**
 * A spool in an object store, shared by all nodes that reach it.
 *
 * @param prefix - of the keys, e.g. `exports/`
 */
export function objectSpool(store: ObjectStore, prefix = ""): Spool {
  return {
    create: async (id) => new ObjectWriter(store, prefix + id),
    open: (id) => store.get(prefix + id),
    remove: (id) => store.delete(prefix + id),
  };
}

class ObjectWriter implements SpoolWriter {
  readonly #store: ObjectStore;
  readonly #key: string;
  readonly #body = new PassThrough({ highWaterMark: 262_144 });
  readonly #abort = new AbortController();
  readonly #stored: Promise<void>;
  #refusal: unknown;

  constructor(store: ObjectStore, key: string) {
    this.#store = store;
    this.#key = key;
    this.#stored = store.put(key, this.#body, this.#abort.signal);
    // A store that refuses ends whoever waits for room.
    this.#stored.catch((error: Error) => {
      this.#refusal = error;
      this.#body.destroy(error);
    });
    this.#body.on("error", () => undefined);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#body.write(bytes, (error) => (error ? reject(this.#refusal ?? error) : resolve()));
    });
  }

  async finish(): Promise<void> {
    this.#body.end();
    await Promise.all([finished(this.#body, { readable: false }), this.#stored]);
  }

  async discard(): Promise<void> {
    this.#abort.abort();
    this.#body.destroy(new Error("given up"));
    await this.#stored.catch(() => undefined);
    await this.#store.delete(this.#key);
  }
}
