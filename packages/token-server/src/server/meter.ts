import { randomUUID } from "node:crypto";
import type { ToolServerGround } from "@garim/express";
import type { RequestHandler } from "express";
import type { CoreHost } from "../core/core.ts";
import { callerOf } from "../house/caller.ts";
import type { Desk } from "../house/desk.ts";
import { recordRefusal } from "../house/refusal-record.ts";

const SLOW_DOWN = {
  kind: "refuse",
  error: "slow_down",
  reason: "budget-requests",
  description: "more requests came than the budget of this minute allows; try again after Retry-After",
} as const;

/** Counts a request by its address, before anything is worked out for it: guessing and floods cost no signature. */
export function meterAddress(ground: ToolServerGround, desk: Desk): RequestHandler {
  return async function garimMeter(req, res, next) {
    const { over, headers } = await ground.tokenMeters.spendAddress(callerOf(req).origin.ip);
    res.set(headers);
    if (over === null) return next();
    const { error, reason, description } = SLOW_DOWN;
    const refused = { req, toolId: null, error, status: 429, reason, keys: undefined, cause: undefined };
    const more = recordRefusal(refused, desk, ground.logger);
    res.set("Cache-Control", "no-store").status(429);
    res.json({ error, error_description: description, ...more });
  };
}

/** Counts a request of a tool that has proved itself. The first over its budget is told of; all are on record. */
export function meterTool({ tokenMeters, tellOverrun }: ToolServerGround): CoreHost["meter"] {
  return async (toolId, req) => {
    const { ip } = callerOf(req).origin;
    const { over, headers } = await tokenMeters.spendTool(toolId, ip);
    if (over !== null) tellOverrun(toolId, ip, over, randomUUID());
    return { headers, refusal: over === null ? undefined : SLOW_DOWN };
  };
}
