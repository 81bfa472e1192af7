import type { RequestHandler } from "express";
import { RequestError } from "./request-error.ts";

/** Refuses what another site's page sends in a visitor's name. Requests without a browser carry no cookie of anybody. */
export const sameOrigin: RequestHandler = (req, _res, next) => {
  const isReading = req.method === "GET" || req.method === "HEAD";
  const site = req.get("sec-fetch-site");
  const isOurs =
    site === undefined ? isOwnOrigin(req.get("origin"), req.get("host")) : site === "same-origin";
  if (isReading || isOurs || site === "none") next();
  else next(new RequestError(403, "The request came from another site"));
};

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
