import { AesStream } from "../zip/aes-stream.ts";
import { DEFLATE_END, deflatePiece } from "../zip/deflate.ts";
import { ZipWriter } from "../zip/zip-writer.ts";

/** Characters that are deflated together: large enough that no repetition is lost, small enough to hold. */
const PIECE_CHARACTERS = 131_072;
const NOTHING: Uint8Array = new Uint8Array(0);

/** A ZIP whose entries are encrypted, made piece by piece. */
export class EncryptedZip {
  readonly #password: string;
  readonly #zip = new ZipWriter();
  #cipher: AesStream | undefined;
  #text = "";
  #out: Uint8Array[] = [];
  #entryBytes = 0;

  constructor(password: string) {
    this.#password = password;
  }

  /** Of the open entry, before it is deflated; what was just written may be missing. */
  get entryBytes(): number {
    return this.#entryBytes;
  }

  async open(path: string): Promise<void> {
    await this.close();
    this.#entryBytes = 0;
    this.#cipher = new AesStream(this.#password);
    this.#out.push(this.#zip.openSealed(path), this.#zip.add(NOTHING, this.#cipher.head));
  }

  async write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= PIECE_CHARACTERS) await this.#pack();
  }

  /** Ends the open entry, if there is one. */
  async close(): Promise<void> {
    if (this.#cipher === undefined) return;
    await this.#pack();
    this.#seal(NOTHING, DEFLATE_END);
    this.#out.push(this.#zip.add(NOTHING, this.#cipher.end()), this.#zip.close());
    this.#cipher = undefined;
  }

  async end(): Promise<void> {
    await this.close();
    this.#out.push(this.#zip.end());
  }

  /** What has been made since the last call. */
  take(): readonly Uint8Array[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  async #pack(): Promise<void> {
    const clear = Buffer.from(this.#text);
    this.#text = "";
    this.#entryBytes += clear.length;
    this.#seal(clear, await deflatePiece(clear));
  }

  #seal(clear: Uint8Array, packed: Uint8Array): void {
    if (this.#cipher === undefined) throw new Error("no entry is open");
    this.#out.push(this.#zip.add(clear, this.#cipher.seal(packed)));
  }
}
