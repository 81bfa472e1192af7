import { tooLarge } from "./error.ts";

/** Bytes a first answer may take before the buffer grows: a page of 100 orders. */
const FIRST_BYTES = 131_072;

/**
 * The buffer an answer is written to.
 *
 * What has a fixed size (keys, numbers, brackets) is written without a check: behind every value of unknown size, and where an
 * item of a list begins, `margin` bytes are free, and `margin` holds everything fixed in the whole schema once.
 */
export class Sink {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  /** Where unchecked writing must not begin any more; exclusive. */
  limit: number;
  readonly #margin: number;
  readonly #maxBytes: number;

  constructor(margin: number, maxBytes: number) {
    this.#margin = margin;
    this.#maxBytes = maxBytes;
    this.bytes = new Uint8Array(FIRST_BYTES + margin);
    this.view = new DataView(this.bytes.buffer);
    this.limit = FIRST_BYTES;
  }

  /**
   * Makes room so that writing may begin at `end`.
   *
   * @throws GarimError `ERR_GARIM_ANSWER_TOO_LARGE`
   */
  grow(end: number): void {
    if (end > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (end <= this.limit) return;
    this.limit = Math.min(Math.max(2 * this.limit, end), this.#maxBytes);
    const bytes = new Uint8Array(this.limit + this.#margin);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  /**
   * The bytes before `end`, as a copy of their own.
   *
   * @throws GarimError `ERR_GARIM_ANSWER_TOO_LARGE`
   */
  take(end: number): Uint8Array<ArrayBuffer> {
    if (end > this.#maxBytes) throw tooLarge(this.#maxBytes);
    return this.bytes.slice(0, end);
  }
}

/** Keeps one buffer between answers; an answer written while another is (by a getter) gets its own. */
export class SinkPool {
  readonly #margin: number;
  readonly #maxBytes: number;
  #spare: Sink | undefined;

  constructor(margin: number, maxBytes: number) {
    this.#margin = margin;
    this.#maxBytes = maxBytes;
  }

  borrow(): Sink {
    const sink = this.#spare ?? new Sink(this.#margin, this.#maxBytes);
    this.#spare = undefined;
    return sink;
  }

  /** A buffer that one monstrous answer grew is let go. */
  giveBack(sink: Sink): void {
    if (sink.limit <= 8 * FIRST_BYTES) this.#spare = sink;
  }
}
