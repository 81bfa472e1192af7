import type { EventEmitter } from "node:events";
import { describeError, type Logger } from "../logger.ts";

type Emitter = Pick<EventEmitter, "on" | "listenerCount">;

/** A client tells of a broken connection by an event that ends the process where nobody listens. */
export function survive(client: unknown, what: string, logger: Logger): void {
  if (!isEmitter(client) || client.listenerCount("error") > 0) return;
  client.on("error", (error) => logger.warn(describeError(error), `garim: ${what}`));
}

/** By what it can do: clients of ioredis are emitters, and no instances of one. */
function isEmitter(client: unknown): client is Emitter {
  const { on, listenerCount } = (client ?? {}) as Partial<Emitter>;
  return typeof on === "function" && typeof listenerCount === "function";
}
