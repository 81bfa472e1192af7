import autocannon from "autocannon";
import type { Proof } from "./person.ts";

/** Loads a server for some seconds. @returns answered requests a second @throws Error where an answer is not 2xx */
export type Load = (seconds: number) => Promise<number>;

/** Prepares a load of one connection a person. */
export function openLoad(port: number, path: string, people: readonly Proof[]): Load {
  return async (seconds) => {
    let next = 0;
    const result = await autocannon({
      url: `http://127.0.0.1:${port}${path}`,
      connections: people.length,
      duration: seconds,
      setupClient: (client) => client.setHeaders(people[next++] ?? {}),
    });
    const wrong = result.non2xx + result.errors;
    if (wrong > 0) throw new Error(`${wrong} requests of ${path} were not answered with 2xx`);
    return result["2xx"] / result.duration;
  };
}
