import type { Person } from "../fixtures/shop.ts";
import type { AppNode } from "./two-nodes.ts";

/** One answer, as a client saw it. Moments are milliseconds of the test's own clock. */
export interface Answer {
  readonly node: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly status: number;
  readonly retryAfter: string | null;
  /** The id of the access record. */
  readonly record: string | null;
}

/** People reading one page from both nodes, over and over. */
export interface Traffic {
  /** Every answer so far, in the order they came. */
  readonly answers: readonly Answer[];
  /** Ends it, once each request under way has been answered. */
  stop(): Promise<void>;
}

/** Readers of each node; they ask again as soon as they are answered. */
const READERS = 4;

/** Nobody is busy for so long: a request that takes this long hangs. */
const HANGS_AFTER = 60_000;

/** Lets a person's browsers read from both nodes until it is stopped. A request that fails or hangs fails the whole. */
export function startTraffic(nodes: readonly AppNode[], { headers }: Person): Traffic {
  const answers: Answer[] = [];
  let isStopped = false;

  async function read(node: number, port: number): Promise<void> {
    while (!isStopped) {
      const startedAt = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}/line`, {
        headers: { ...headers },
        signal: AbortSignal.timeout(HANGS_AFTER),
      });
      await response.arrayBuffer();
      const retryAfter = response.headers.get("retry-after");
      const record = response.headers.get("garim-record");
      const endedAt = performance.now();
      answers.push({ node, startedAt, endedAt, status: response.status, retryAfter, record });
    }
  }

  const readers = nodes.flatMap(({ port }, node) => Array.from({ length: READERS }, () => read(node, port)));
  const all = Promise.all(readers);
  all.catch(() => undefined);
  return {
    answers,
    async stop() {
      isStopped = true;
      await all;
    },
  };
}
