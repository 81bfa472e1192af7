import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** How a node ends. */
export interface CloseOptions {
  /** How long readiness says `closing` before the listener closes, so that balancers have seen it. Default 0 milliseconds. */
  readonly delayMs?: number;
  /** How long what runs may take to its end. Default 10,000 milliseconds. */
  readonly graceMs?: number;
}

/** What is closed: a server of `node:http` or `node:https`, as `app.listen()` gives it. */
export type ClosableServer = Pick<
  Server,
  "close" | "closeIdleConnections" | "closeAllConnections" | "prependListener" | "listening"
>;

const GRACE_MS = 10_000;
const LOOK_MS = 50;

/**
 * Stops a server: takes no new connection, answers what is under way and ends each connection behind its answer. What still runs after
 * the grace is cut off.
 */
export async function closeServer(
  server: ClosableServer,
  { delayMs = 0, graceMs = GRACE_MS }: CloseOptions,
): Promise<void> {
  await pause(delayMs);
  if (!server.listening) return;
  // Requests on connections that are open still are answered, and told that these are the last.
  server.prependListener("request", (_req, res) => res.setHeader("Connection", "close"));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
