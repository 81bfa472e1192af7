/**
 * Has several tasks done at once and takes their results in order, never more than a few ahead: memory stays bounded, and the
 * reader is never idle.
 */
export class Lanes<T, R> {
  readonly #run: (task: T) => Promise<R>;
  readonly #take: (task: T, result: R) => void | Promise<void>;
  readonly #most: number;
  readonly #waiting: { readonly task: T; readonly result: Promise<R> }[] = [];

  constructor(
    most: number,
    run: (task: T) => Promise<R>,
    take: (task: T, result: R) => void | Promise<void>,
  ) {
    this.#most = most;
    this.#run = run;
    this.#take = take;
  }

  /** Starts a task; resolves when there is room for another. */
  async add(task: T): Promise<void> {
    const result = this.#run(task);
    // Its failure is met when its turn comes.
    result.catch(() => undefined);
    this.#waiting.push({ task, result });
    while (this.#waiting.length >= this.#most) await this.#takeNext();
  }

  /** Resolves when all are taken. */
  async drain(): Promise<void> {
    while (this.#waiting.length > 0) await this.#takeNext();
  }

  async #takeNext(): Promise<void> {
    const next = this.#waiting.shift();
    if (next !== undefined) await this.#take(next.task, await next.result);
  }
}
