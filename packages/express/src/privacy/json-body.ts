import { type ErrorRequestHandler, json, type RequestHandler, Router } from "express";
import { problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { problemOfStatus } from "../answer/problem.ts";

/** A code and nothing else: larger bodies are somebody's mistake. */
const LARGEST_BODY = "2kb";

/** What a body that cannot be read comes to: the status, and the code programs read. */
const CODES: Readonly<Record<number, string>> = {
  400: "body-unreadable",
  413: "body-too-large",
  415: "body-not-json",
};

/**
 * Reads the JSON body of an endpoint that changes something. Anything a plain form of another site could send is refused before
 * it is looked at.
 *
 * @param limit - the largest body
 */
export function readJson(limit: string = LARGEST_BODY): RequestHandler {
  return Router().use(requireJson, json({ limit }), refuseUnreadable);
}

const requireJson: RequestHandler = (req, res, next) => {
  const type = req.get("content-type");
  if (type === undefined ? !hasBody(req.headers) : /^application\/json *(?:;|$)/i.test(type)) next();
  else refuseBody(415, req, res);
};

function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

const refuseUnreadable: ErrorRequestHandler = (error, req, res, _next) => {
  const { status } = (error ?? {}) as { status?: number };
  refuseBody(status !== undefined && status in CODES ? status : 400, req, res);
};

function refuseBody(
  status: number,
  req: Parameters<RequestHandler>[0],
  res: Parameters<RequestHandler>[1],
): void {
  const problem = problemOfStatus(status, languageOf(req));
  sendAnswer(res, problemAnswer({ ...problem, code: CODES[status] ?? "body-unreadable" }));
}
