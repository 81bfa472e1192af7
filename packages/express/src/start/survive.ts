import { EventEmitter } from "node:events";
import { describeError, type Logger } from "../logger.ts";

/** A client tells of a broken connection by an event that ends the process where nobody listens. */
export function survive(client: unknown, what: string, logger: Logger): void {
  if (!(client instanceof EventEmitter) || client.listenerCount("error") > 0) return;
  client.on("error", (error) => logger.warn(describeError(error), `garim: ${what}`));
}
