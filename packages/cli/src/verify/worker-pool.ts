import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { RangeReport, RangeTask } from "@garim/audit";
import type { ConnectOptions } from "../connect/options.ts";
import { type Answer, readAnswer } from "./answer.ts";

/** Workers that check ranges, each with a connection and a core of its own. */
export class WorkerPool {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];
  readonly #waiting: ((worker: Worker) => void)[] = [];

  constructor(count: number, options: ConnectOptions, env: Readonly<Record<string, string | undefined>>) {
    const { config, embedded } = options;
    const plain = {
      ...(config === undefined ? {} : { config }),
      ...(embedded === undefined ? {} : { embedded }),
    };
    this.#workers = Array.from(
      { length: count },
      () =>
        new Worker(new URL("./worker.js", import.meta.url), {
          workerData: { options: plain, env: { ...env } },
        }),
    );
    this.#idle = [...this.#workers];
  }

  /** How many there are. */
  get size(): number {
    return this.#workers.length;
  }

  /** Whether workers can run: they need this package built. */
  static get isPossible(): boolean {
    return import.meta.url.endsWith(".js");
  }

  /** Has one worker check a range, as soon as one is free. */
  async check(task: RangeTask): Promise<RangeReport> {
    const worker = await this.#take();
    try {
      // A worker that ends otherwise says so by `error`, which `once` throws.
      const answered = once(worker, "message");
      worker.postMessage(task);
      const [answer] = (await answered) as [Answer];
      return readAnswer(answer);
    } finally {
      this.#give(worker);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  async #take(): Promise<Worker> {
    return this.#idle.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next(worker);
  }
}
