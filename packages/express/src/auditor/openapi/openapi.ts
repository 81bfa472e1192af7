import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../../answer/answer.ts";
import { DOCUMENT_PART, writeDocument } from "../../openapi/document.ts";
import type { Settings } from "../../start/settings.ts";
import { auditorEndpoint } from "../endpoint.ts";
import { CASE_PART } from "./case.ts";
import { ONE_PART } from "./one.ts";
import { REVIEW_PART } from "./review.ts";
import { SEARCH_PART } from "./search.ts";
import { STATE_PART } from "./state.ts";

const PARTS = [SEARCH_PART, STATE_PART, ONE_PART, CASE_PART, REVIEW_PART, DOCUMENT_PART];

/** `GET /openapi.json`: these endpoints as OpenAPI 3.1, so that hosts can draw pages of their own. */
export function giveOpenapi(settings: Settings): RequestHandler {
  return auditorEndpoint({ action: "log-query", stepUp: "view" }, settings, async ({ req, res }) => {
    const frame = { title: "The access log for auditors", description: DESCRIPTION, mount: req.baseUrl };
    sendAnswer(res, jsonAnswer(200, writeDocument(frame, PARTS)));
    return undefined;
  });
}

const DESCRIPTION =
  "For auditors with a second factor. Each question is on record before it is answered: Garim-Record names its record. Moments in answers are UTC milliseconds.";
