import { Worker } from "node:worker_threads";
import { GarimError } from "@garim/policy";
import type { Answer, Command } from "./command.ts";
import { type Reply, readReply } from "./reply.ts";
import type { SealSpec } from "./seal-spec.ts";
import type { Sealer } from "./sealer.ts";

/** A worker needs little: what it makes is handed on at once. */
const RESOURCES = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes a file in a worker thread, so that the event loop is not held. */
export class WorkerSealer implements Sealer {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: unknown;
  #isClosing = false;

  constructor(spec: SealSpec) {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: spec,
      resourceLimits: RESOURCES,
      // Flags of the host, such as loaders, are not for it.
      execArgv: [],
    });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(closed()));
    // A file that nobody goes on with keeps no process alive.
    this.#worker.unref();
  }

  /** Whether workers can run: they need this package built. */
  static get isPossible(): boolean {
    return import.meta.url.endsWith(".js");
  }

  run(command: Command): Promise<Answer> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(command);
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#fail(closed());
    // Whoever waits for its end goes on: a program with nothing else to do would end here.
    this.#worker.ref();
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.shift();
    // An answer may come while the end is waited for: then the worker is what keeps the program there.
    if (this.#waiting.length === 0 && !this.#isClosing) this.#worker.unref();
    try {
      waiting?.resolve(readReply(reply));
    } catch (error) {
      waiting?.reject(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

function closed(): GarimError {
  return new GarimError("ERR_GARIM_WORKBOOK_CLOSED", "The file was given up.");
}
