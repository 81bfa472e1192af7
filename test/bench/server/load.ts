import autocannon from "autocannon";
import type { Proof } from "./person.ts";

/** Requests to one path, over one connection a person. Its methods throw where an answer is not 2xx. */
export interface Load {
  /** @returns answered requests a second */
  lastSeconds(seconds: number): Promise<number>;
  sendRequests(count: number): Promise<void>;
}

export function openLoad(port: number, path: string, people: readonly Proof[]): Load {
  async function run(
    extent: { readonly duration: number } | { readonly amount: number; readonly sampleInt: number },
  ) {
    let next = 0;
    const result = await autocannon({
      url: `http://127.0.0.1:${port}${path}`,
      connections: people.length,
      ...extent,
      setupClient: (client) => client.setHeaders(people[next++] ?? {}),
    });
    const wrong = result.non2xx + result.errors;
    if (wrong > 0) throw new Error(`${wrong} requests of ${path} were not answered with 2xx`);
    return result;
  }

  return {
    async lastSeconds(seconds) {
      const result = await run({ duration: seconds });
      return result["2xx"] / result.duration;
    },
    async sendRequests(count) {
      await run({ amount: count, sampleInt: 50 });
    },
  };
}
