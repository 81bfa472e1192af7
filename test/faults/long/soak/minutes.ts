import type { Answered } from "../answered.ts";
import type { Sample } from "../host/settings.ts";
import { quantile } from "../report/quantile.ts";

/** How one minute was. */
export interface Minute {
  /** From 1. */
  readonly minute: number;
  /** Answers of 200 to readers and tools, whose times these are. */
  readonly answers: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** At its end, of each node. */
  readonly nodes: readonly Sample[];
}

/** Collects how long answers took. */
export class Latencies {
  #times: number[] = [];

  take({ ask, status, startedAt, endedAt }: Answered): void {
    if ((ask === "page" || ask === "bulk") && status === 200) this.#times.push(endedAt - startedAt);
  }

  /** Those since the last time. */
  collect(): Pick<Minute, "answers" | "p50Ms" | "p99Ms"> {
    const times = this.#times;
    this.#times = [];
    return { answers: times.length, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
  }
}
