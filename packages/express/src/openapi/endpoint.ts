import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { markOwnOpen } from "../routes/route-mark.ts";
import { markBackground } from "../visit/visitor.ts";
import type { Json } from "./shape.ts";

/**
 * `GET /openapi.json` of endpoints that everybody may know of. It holds nothing of anybody, and asking for it is no activity.
 *
 * @param describe - writes the document; takes where the endpoints are mounted
 */
export function giveDocument(describe: (mount: string) => Json): RequestHandler {
  const give: RequestHandler = (req, res) => {
    markBackground(req);
    sendAnswer(res, jsonAnswer(200, describe(req.baseUrl)));
  };
  return markOwnOpen(give, "what the endpoints take and answer holds nobody's data");
}
