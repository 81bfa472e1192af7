/** What a node is told when it starts: all of it in its environment. */
export interface HostSettings {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Holds the keys, the checkpoints and the downloads; all nodes share it. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Which library speaks to Redis: nodes differ in it. */
  readonly library: "redis" | "ioredis";
}

/** What a node is told later on. */
export type Order =
  /** Its clock, ahead of the machine's by so much. */
  | { readonly order: "clock"; readonly aheadMs: number }
  | { readonly order: "sample" }
  /** Writes its heap, after a collection, to a file. */
  | { readonly order: "heap"; readonly file: string };

/** What it says by itself or when asked. */
export type Said =
  | { readonly said: "ready"; readonly port: number }
  | ({ readonly said: "sample" } & Sample)
  | { readonly said: "heap" };

/** How a process is. */
export interface Sample {
  readonly residentMb: number;
  /** After a garbage collection. */
  readonly heapMb: number;
  /** Open handles: sockets, timers, servers. */
  readonly handles: number;
  /** The event loop's delay since the sample before, milliseconds. */
  readonly delayP99Ms: number;
}

export const VARIABLE = "GARIM_FAULTS_HOST";
export const ORIGIN = "faults.example/access-log";
