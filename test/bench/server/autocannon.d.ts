/** What is used of autocannon, which has no types of its own. */
declare module "autocannon" {
  interface Client {
    setHeaders(headers: Readonly<Record<string, string>>): void;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration?: number;
    /** Requests, over all connections; then `duration` says nothing. */
    readonly amount?: number;
    /** How often it looks whether it is done, milliseconds. */
    readonly sampleInt?: number;
    /** Seconds a request waits; 10 if left out. */
    readonly timeout?: number;
    readonly setupClient?: (client: Client) => void;
    /** Sent over and over; each is made anew before it is sent. */
    readonly requests?: readonly {
      readonly method: string;
      readonly path: string;
      readonly setupRequest: (request: object) => object;
    }[];
  }
  interface Result {
    /** Seconds. */
    readonly duration: number;
    readonly non2xx: number;
    readonly errors: number;
    readonly "2xx": number;
    readonly "4xx": number;
  }
  const autocannon: (options: Options) => Promise<Result>;
  export = autocannon;
}
