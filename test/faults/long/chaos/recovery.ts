import type { Answered } from "../answered.ts";

interface Wait {
  readonly node: number;
  readonly since: number;
  readonly done: (ms: number) => void;
}

/** Watches by the answers since when each node serves again. */
export class RecoveryWatch {
  readonly #waits = new Set<Wait>();

  take({ ask, status, node, startedAt, endedAt }: Answered): void {
    if (ask !== "page" || status !== 200) return;
    for (const wait of this.#waits)
      if (wait.node === node && startedAt >= wait.since) wait.done(endedAt - wait.since);
  }

  /** @returns after how many milliseconds the node served something that was asked for since then; `undefined` after `patienceMs` */
  served(node: number, since: number, patienceMs: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      const settle = (ms: number | undefined): void => {
        clearTimeout(timer);
        this.#waits.delete(wait);
        resolve(ms);
      };
      const timer = setTimeout(() => settle(undefined), patienceMs);
      const wait = { node, since, done: settle };
      this.#waits.add(wait);
    });
  }
}
