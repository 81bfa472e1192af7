import { randomUUID } from "node:crypto";
import type { Client } from "./client.ts";
import { problemOf } from "./problem.ts";
import type { Failure } from "./server.ts";
import type { Store } from "./store.ts";
import { type Synced, sync } from "./sync.ts";

/** Reads the orders, when it is asked to and by itself. */
export interface Reader {
  read(): Promise<Synced>;
  /** Reads again and again. A seller who ended the connection is not to wait until somebody presses a button. */
  repeat(seconds: number, report: (failure: Failure) => void): void;
  /** Reads no more, and waits for what is under way. */
  close(): Promise<void>;
}

export function createReader(client: Client, store: Store): Reader {
  let underWay: Promise<Synced> | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** One at a time: of two, each would write over what the other has read. */
  function read(): Promise<Synced> {
    underWay ??= sync(client, store).finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  return {
    read,
    repeat(seconds, report) {
      if (seconds <= 0) return;
      const tell = (error: unknown): void => {
        const { code, marketTrace } = problemOf(error);
        report({ trace: randomUUID(), route: "timer", code, marketTrace, cause: String(error) });
      };
      timer = setInterval(() => void read().catch(tell), seconds * 1_000).unref();
    },
    async close() {
      clearInterval(timer);
      await underWay?.catch(() => undefined);
    },
  };
}
