import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { PlainError } from "./plain-error.ts";

/** This machine only: the demo's password is public. */
const HOST = "127.0.0.1";

/** How long running requests may take once the server closes. */
const PATIENCE_MS = 3_000;

/**
 * Listens on a port of this machine. Until there is an app to {@link serve}, whoever asks is told to ask again.
 *
 * @param port - 0 for any free one
 * @throws PlainError where the port is busy or not allowed
 */
export function listen(port: number): Promise<Server> {
  const server = createServer(starting);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)));
    server.listen(port, HOST, () => resolve(server));
  });
}

/** Gives the requests of a server to the app. */
export function serve(server: Server, app: Express): void {
  server.off("request", starting).on("request", app);
}

const starting: RequestListener = (_req, res) => void res.writeHead(503, { "Retry-After": "1" }).end();

export function urlOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** Stops listening, lets running requests end, and drops those that do not. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await closed;
  clearTimeout(timer);
}

function cannotListen(port: number, { code, message }: NodeJS.ErrnoException): PlainError {
  if (code === "EADDRINUSE")
    return new PlainError(
      `Port ${port} is in use: stop what uses it, or choose another with --port ${port + 1}`,
    );
  return new PlainError(
    `Port ${port} cannot be opened (${code ?? message}); choose another with --port 3000`,
  );
}
