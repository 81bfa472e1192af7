import { configure, ZipWriter } from "@zip.js/zip.js";

// Web workers are the browser's; here the whole maker runs in one of Node's.
configure({ useWebWorkers: false });

/** AES-256 (WinZip AE-2), the strongest of three. */
const STRENGTH = 3;
/** Of lines, level 6 takes twice as long and saves a fifth. */
const LEVEL = 1;

/** A ZIP whose entries are encrypted, made piece by piece. */
export class EncryptedZip {
  readonly #out: Uint8Array[] = [];
  readonly #zip: ZipWriter<unknown>;
  #entry: Entry | undefined;

  constructor(password: string) {
    const target = new WritableStream<Uint8Array>({
      write: (piece) => {
        // A copy: what is handed on moves to another thread.
        this.#out.push(piece.slice());
      },
    });
    this.#zip = new ZipWriter(target, { password, encryptionStrength: STRENGTH, level: LEVEL });
  }

  async open(path: string): Promise<void> {
    await this.close();
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const added = this.#zip.add(path, readable);
    // Its failure is that of the next write.
    added.catch(() => undefined);
    this.#entry = { added, writer: writable.getWriter() };
  }

  async write(text: string): Promise<void> {
    const { writer, added } = this.#mustBeOpen();
    await Promise.race([writer.write(Buffer.from(text)), added]);
  }

  /** Ends the open entry, if there is one. */
  async close(): Promise<void> {
    const entry = this.#entry;
    this.#entry = undefined;
    await entry?.writer.close();
    await entry?.added;
  }

  async end(): Promise<void> {
    await this.close();
    await this.#zip.close();
  }

  /** What has been made since the last call. */
  take(): readonly Uint8Array[] {
    return this.#out.splice(0);
  }

  #mustBeOpen(): Entry {
    if (this.#entry === undefined) throw new Error("no entry is open");
    return this.#entry;
  }
}

interface Entry {
  readonly added: Promise<unknown>;
  readonly writer: WritableStreamDefaultWriter<Uint8Array>;
}
