import { isGarimError } from "@garim/policy";
import type { ErrorRequestHandler, Request } from "express";
import { describeError } from "../logger.ts";
import { isSealed } from "../reveal/sealed-response.ts";
import type { Settings } from "../start/settings.ts";
import { routeOf } from "./access.ts";
import { problemAnswer, sendAnswer } from "./answer.ts";
import { languageOf } from "./language.ts";
import { isOutage, RETRY_AFTER } from "./outage.ts";
import { type Problem, problemOfReason, problemOfStatus } from "./problem.ts";

/**
 * The last error handler of an app: a problem without the error's text, which may hold personal data, and a log line
 * without it too. Express's own handler writes message and stack to page and console. An outage of Garim's parts, or of the host's own
 * that says so by the status 503, is answered as one, and says when to come back.
 */
export function createErrors(settings: Settings): ErrorRequestHandler {
  return function garimErrors(error: unknown, req, res, next): void {
    const status = statusOfError(error);
    if (status >= 500) tell(error, req, settings);
    res.statusCode = status;
    // Express ends the connection; a sealed response turns the status into its own problem and records it.
    if (res.headersSent) {
      next(error);
      return;
    }
    if (status === 503 && !res.hasHeader("Retry-After")) res.setHeader("Retry-After", RETRY_AFTER);
    if (isSealed(res)) {
      res.end();
      return;
    }
    if (isOutage(error)) settings.telemetry.unavailable(error);
    sendAnswer(res, problemAnswer(problemOf(error, status, req)));
  };
}

function tell(error: unknown, req: Request, { logger }: Settings): void {
  const what = isOutage(error) ? "garim: a handler was told of an outage" : "garim: a handler failed";
  logger.error({ route: routeOf(req), ...describeError(error) }, what);
}

/** Of what is Garim's own programs may read the code: it tells of no data. */
function problemOf(error: unknown, status: number, req: Request): Problem {
  const language = languageOf(req);
  if (!isOutage(error) || !isGarimError(error)) return problemOfStatus(status, language);
  return { ...problemOfReason("unavailable", 503, language), code: error.code };
}

/** The status an error of Express or a body parser carries; everything else is the host's fault. */
function statusOfError(error: unknown): number {
  const { status } = (typeof error === "object" && error !== null ? error : {}) as { status?: unknown };
  return typeof status === "number" && status >= 400 && status < 600 ? status : 500;
}
