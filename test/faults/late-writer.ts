import type { Socket } from "node:net";

/** Writes to a socket what is given, in order, each piece so many milliseconds later. */
export class LateWriter {
  readonly #socket: Socket;
  readonly #pieces: { readonly bytes: Buffer; readonly dueAt: number }[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  write(bytes: Buffer, delayMs: number): void {
    if (delayMs === 0 && this.#pieces.length === 0) this.#pass(bytes);
    else this.#keep(bytes, delayMs);
  }

  #keep(bytes: Buffer, delayMs: number): void {
    // A shorter delay than before does not overtake.
    const dueAt = Math.max(performance.now() + delayMs, this.#pieces.at(-1)?.dueAt ?? 0);
    this.#pieces.push({ bytes, dueAt });
    if (this.#pieces.length === 1) this.#wait();
  }

  #wait(): void {
    const [first] = this.#pieces;
    if (first !== undefined) setTimeout(() => this.#flush(), Math.max(0, first.dueAt - performance.now()));
  }

  #flush(): void {
    const first = this.#pieces.shift();
    if (first !== undefined) this.#pass(first.bytes);
    this.#wait();
  }

  #pass(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }
}
