import type { Response } from "express";

/** Why work stopped for which nobody waits any more: no fault of anybody, and there is nobody to answer. */
class Gone extends Error {}

/** Aborted as soon as whoever asked has hung up: what takes long reads no further. */
export function goneSignal(res: Response): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new Gone("Whoever asked has gone"));
  if (res.closed) abort();
  else res.once("close", abort);
  return controller.signal;
}

/** Whether something was thrown for no other reason than that. */
export function isGone(error: unknown): boolean {
  return error instanceof Gone;
}
