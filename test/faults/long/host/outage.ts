import type { ErrorRequestHandler } from "express";

/** The host's own queries fail where its database is out: that is no mistake of the handler. */
export function sayOut(error: unknown): never {
  throw Object.assign(new Error("the host's database is out", { cause: error }), { status: 503 });
}

/** Whoever asks comes again soon. */
export const comeAgain: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (!res.headersSent) res.setHeader("Retry-After", "1");
  next(error);
};
