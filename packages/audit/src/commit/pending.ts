import type { GarimError } from "@garim/policy";
import type { LogRow } from "./batch.ts";

/** A row whose caller waits for it to be durable. It is settled once; later outcomes change nothing. */
export class Pending {
  readonly row: LogRow;
  readonly sizeBytes: number;
  /** When its caller stops waiting, on the monotonic clock (`performance.now()`). */
  readonly deadline: number;
  readonly #resolve: (seq: number) => void;
  readonly #reject: (error: GarimError) => void;
  #isSettled = false;

  constructor(
    row: LogRow,
    sizeBytes: number,
    deadline: number,
    resolve: (seq: number) => void,
    reject: (error: GarimError) => void,
  ) {
    this.row = row;
    this.sizeBytes = sizeBytes;
    this.deadline = deadline;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  resolve(seq: number): void {
    this.#isSettled = true;
    this.#resolve(seq);
  }

  reject(error: GarimError): void {
    this.#isSettled = true;
    this.#reject(error);
  }
}

const MAX_BATCH_ROWS = 256;
const MAX_BATCH_BYTES = 1_048_576;

/** Takes the next batch off the front of a queue, `most` rows of it; a row that is larger than a batch goes alone. */
export function takeBatch(queue: Pending[], most: number): readonly Pending[] {
  const mostRows = Math.min(most, MAX_BATCH_ROWS);
  let sizeBytes = 0;
  const end = queue.findIndex((pending, i) => {
    sizeBytes += pending.sizeBytes;
    return i > 0 && (i === mostRows || sizeBytes > MAX_BATCH_BYTES);
  });
  return queue.splice(0, end === -1 ? queue.length : end);
}
