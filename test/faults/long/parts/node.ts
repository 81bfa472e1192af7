import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type HostSettings, type Order, type Said, type Sample, VARIABLE } from "../host/settings.ts";
import { moment } from "../moment.ts";

const MAIN = fileURLToPath(new URL("../host/main.js", import.meta.url));
const START_AGAIN_MS = 250;
/** A busy process takes its time until it has set its clock. */
const CLOCK_SET_MS = 2_000;

/** A node and whoever keeps it running, as an init system does: where it ends it is started again. */
export class HostNode {
  /** When it said last that it listens. */
  readyAt = 0;
  /** How often it ended though it had been ready and nobody killed it. */
  fell = 0;
  readonly port: number;
  readonly #settings: HostSettings;
  #child: ChildProcess | undefined;
  #isWanted = true;
  #isReady = false;
  readonly #clocks: { readonly from: number; readonly aheadMs: number }[] = [{ from: 0, aheadMs: 0 }];
  readonly #errors: string[] = [];

  constructor(settings: HostSettings) {
    this.#settings = settings;
    this.port = settings.port;
    void this.#keepRunning();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** What it said last on standard error. */
  get said(): string {
    return this.#errors.join("");
  }

  async ready(): Promise<void> {
    while (!this.#isReady) await sleep(10);
  }

  /** As a crash does: nothing is flushed, nothing is closed. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#isReady = false;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  setClock(aheadMs: number): void {
    this.#clocks.push({ from: moment(), aheadMs });
    this.#order({ order: "clock", aheadMs });
  }

  /** How far its clock was behind at most between two moments. */
  behindMs(from: number, to: number): number {
    const set = this.#clocks.filter(({ from: since }, i) => {
      const until = this.#clocks[i + 1]?.from ?? Number.POSITIVE_INFINITY;
      return since <= to && until + CLOCK_SET_MS >= from;
    });
    return Math.max(0, ...set.map(({ aheadMs }) => -aheadMs));
  }

  sample(): Promise<Sample> {
    return this.#answer({ order: "sample" }, (said) => (said.said === "sample" ? said : undefined));
  }

  /** Has it write its heap to a file. */
  async writeHeap(file: string): Promise<void> {
    await this.#answer({ order: "heap", file }, ({ said }) => (said === "heap" ? said : undefined));
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.kill();
  }

  #answer<T>(order: Order, read: (said: Said) => T | undefined): Promise<T> {
    const child = this.#child;
    if (child === undefined) return Promise.reject(new Error("the node does not run"));
    return new Promise((resolve) => {
      const listen = (said: Said): void => {
        const answer = read(said);
        if (answer === undefined) return;
        child.off("message", listen);
        resolve(answer);
      };
      child.on("message", listen);
      this.#order(order);
    });
  }

  #order(order: Order): void {
    if (this.#child?.connected) this.#child.send(order);
  }

  async #keepRunning(): Promise<void> {
    while (this.#isWanted) {
      await this.#runOnce();
      // Where it could not start, as without its database, it tries again a little later.
      if (this.#isWanted) await sleep(START_AGAIN_MS);
    }
  }

  async #runOnce(): Promise<void> {
    const child = fork(MAIN, [], {
      execArgv: ["--expose-gc"],
      env: { ...process.env, NODE_ENV: "test", [VARIABLE]: JSON.stringify(this.#settings) },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child = child;
    child.stderr?.on("data", (text) => {
      this.#errors.push(String(text));
      this.#errors.splice(0, this.#errors.length - 20);
      if (process.env["GARIM_FAULTS_LOUD"] === "1") process.stderr.write(text);
    });
    child.on("error", () => undefined);
    child.on("message", (said: Said) => {
      if (said.said !== "ready") return;
      this.#order({ order: "clock", aheadMs: this.#clocks.at(-1)?.aheadMs ?? 0 });
      this.readyAt = moment();
      this.#isReady = true;
    });
    await once(child, "exit");
    // Whoever kills it says so first.
    if (this.#isReady && this.#isWanted) this.fell++;
    this.#isReady = false;
  }
}
