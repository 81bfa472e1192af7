import { type Refuse, refuse } from "@garim/policy";
import type { Request } from "express";
import { addressOf } from "../answer/access.ts";
import type { Passage } from "../answer/passage.ts";
import type { ToolGround } from "./desk.ts";
import { retryAfter } from "./rate-limit.ts";
import { recogniseTool } from "./recognise.ts";
import type { ToolPassage } from "./refusal.ts";
import type { ToolVisitor } from "./visitor.ts";

/** A tool's request taken in. */
type Received = Required<Pick<Passage, "visitor" | "tool">>;

/** Takes a tool's request in: who it is of, whether its budget has room for it, and what it is told whatever comes. */
export async function receiveTool(req: Request, scope: string, ground: ToolGround): Promise<Received> {
  const request = ground.request(req);
  const { trace } = request;
  const bare: ToolPassage = { trace, challenge: ground.challenge(scope), headers: () => ({}) };
  try {
    const visitor = await recogniseTool(req, request, ground.recognition);
    if (visitor.kind === "refuse") return nobody(bare, visitor);
    if (visitor.refusal?.reason === "token-not-issued")
      ground.watch.alert("token-not-issued", visitor, req, "");
    return await meter(req, bare, visitor, ground);
  } catch (error) {
    return { tool: bare, visitor: { kind: "unknown", error } };
  }
}

function nobody(tool: ToolPassage, { reason }: Refuse): Received {
  return { tool, visitor: { kind: "anonymous", reason } };
}

/** The first request over a budget is on record and told; those after it within a minute are summed, or they would flood the log. */
async function meter(
  req: Request,
  bare: ToolPassage,
  visitor: ToolVisitor,
  { meters, watch }: ToolGround,
): Promise<Received> {
  const ip = addressOf(req);
  const over = await meters.spendRequest(visitor, ip);
  const tool = { ...bare, headers: () => meters.headersOf(visitor, ip) };
  if (over === undefined) return { tool, visitor };
  const refusal = refuse("budget-requests");
  const told = { ...tool, headers: () => ({ ...tool.headers(), ...retryAfter(over) }) };
  const isFirst = watch.alert("budget-requests", visitor, req, over.budget.name);
  return isFirst ? { tool: told, visitor: { ...visitor, refusal } } : nobody(told, refusal);
}
