import { timingSafeEqual } from "node:crypto";
import { GarimError } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { emptyAnswer, sendAnswer } from "../answer/answer.ts";
import { isPrivateAddress } from "./private-peer.ts";
import type { Registry } from "./registry.ts";

/** Who may read the numbers: whoever has a token, or whoever asks from a private network without a proxy in between. */
export type MetricsOptions =
  | { readonly token: string; readonly private?: never }
  | { readonly private: true; readonly token?: never };

const LEAST_TOKEN = 16;
const FORWARDED: readonly string[] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * The numbers for Prometheus. They say nothing of a person, but of load and trouble: not for everybody.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where nobody says who may read them
 */
export function createMetrics(numbers: Registry, options: MetricsOptions): RequestHandler {
  const mayRead = readGuard(options);
  return function garimMetrics(req, res): void {
    if (!mayRead(req)) {
      sendAnswer(res, { ...emptyAnswer(401), headers: { "WWW-Authenticate": "Bearer" } });
      return;
    }
    sendAnswer(res, { status: 200, contentType: CONTENT_TYPE, body: Buffer.from(numbers.text()) });
  };
}

function readGuard(options: MetricsOptions | undefined): (req: Request) => boolean {
  if (options?.private === true && options.token === undefined) return comesPrivately;
  const { token, private: isPrivate } = options ?? {};
  if (isPrivate !== undefined || typeof token !== "string" || token.length < LEAST_TOKEN)
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      `metrics() needs to know who may read them; write garim.metrics({ token }) with ${LEAST_TOKEN} characters or more, or garim.metrics({ private: true }) for whoever asks from a private network`,
    );
  const wanted = Buffer.from(`Bearer ${token}`);
  return (req) => {
    const given = Buffer.from(req.get("authorization") ?? "");
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  };
}

/** By the connection itself: whoever comes through a proxy could be anybody. */
function comesPrivately(req: Request): boolean {
  if (FORWARDED.some((name) => req.headers[name] !== undefined)) return false;
  return isPrivateAddress(req.socket.remoteAddress ?? "");
}
