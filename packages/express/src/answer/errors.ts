import type { ErrorRequestHandler } from "express";
import { describeError } from "../logger.ts";
import { isSealed } from "../reveal/sealed-response.ts";
import type { Settings } from "../start/settings.ts";
import { routeOf } from "./access.ts";
import { problemAnswer, sendAnswer } from "./answer.ts";
import { languageOf } from "./language.ts";
import { problemOfStatus } from "./problem.ts";

/**
 * The last error handler of an app: a problem without the error's text, which may hold personal data, and a log line
 * without it too. Express's own handler writes message and stack to page and console.
 */
export function createErrors(settings: Settings): ErrorRequestHandler {
  return function garimErrors(error: unknown, req, res, next): void {
    const status = statusOfError(error);
    if (status >= 500)
      settings.logger.error({ route: routeOf(req), ...describeError(error) }, "garim: a handler failed");
    res.statusCode = status;
    // Express ends the connection; a sealed response turns the status into its own problem and records it.
    if (res.headersSent) next(error);
    else if (isSealed(res)) res.end();
    else sendAnswer(res, problemAnswer(problemOfStatus(status, languageOf(req))));
  };
}

/** The status an error of Express or a body parser carries; everything else is the host's fault. */
function statusOfError(error: unknown): number {
  const { status } = (typeof error === "object" && error !== null ? error : {}) as { status?: unknown };
  return typeof status === "number" && status >= 400 && status < 600 ? status : 500;
}
