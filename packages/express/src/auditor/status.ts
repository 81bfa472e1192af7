import { readLogStatus } from "@garim/audit";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { markBackground } from "../visit/visitor.ts";
import { auditorEndpoint } from "./endpoint.ts";

/**
 * `GET /status`: how long the log is, its newest checkpoint, when somebody last verified all of it, and how far the auditors' replica
 * follows, as the databases tell it. No record is looked at, so the question is none on record; a refusal is. Pages ask it by themselves
 * each minute, which keeps nobody's session open.
 */
export function tellStatus(settings: Settings): RequestHandler {
  return auditorEndpoint({ action: "log-query", stepUp: "view" }, settings, async ({ req, res }) => {
    markBackground(req);
    const status = await readLogStatus(settings.database, settings.replica);
    sendAnswer(res, jsonAnswer(200, { ...status, now: settings.clock() }));
    return undefined;
  });
}
