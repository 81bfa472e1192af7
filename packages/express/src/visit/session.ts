import type { NextFunction, Request, RequestHandler, Response } from "express";
import { describeError } from "../logger.ts";
import type { Settings } from "../start/settings.ts";
import { setCookie } from "./cookie.ts";

/**
 * Keeps Garim's session beside the host's log-in on every route: activity extends it, and when it has ended the host's
 * log-in ends too, so that a host's cookie alone brings nothing back.
 *
 * @source code-2022/idle, notice-2026-9/6-4
 */
export function createSession(settings: Settings): RequestHandler {
  return async function garimSession(req: Request, res: Response, next: NextFunction): Promise<void> {
    const visitor = await settings.visitors.of(req, res);
    if (visitor.kind === "unknown")
      settings.logger.error(
        describeError(visitor.error),
        "garim: the session could not be checked; guarded routes answer 503",
      );
    if (visitor.kind === "anonymous" && visitor.reason !== "not-logged-in" && visitor.livesOn !== true) {
      setCookie(res, settings.cookie.clear());
      await settings.signOut(req, res);
    }
    next();
  };
}
