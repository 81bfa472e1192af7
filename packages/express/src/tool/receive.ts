import type { Request } from "express";
import type { Passage } from "../answer/passage.ts";
import type { ToolGround } from "./desk.ts";
import { recogniseTool } from "./recognise.ts";

/** Takes a tool's request in: who it is of, and what it is told whatever comes. */
export async function receiveTool(
  req: Request,
  scope: string,
  ground: ToolGround,
): Promise<Pick<Passage, "visitor" | "tool">> {
  const request = ground.request(req);
  const headers = () => ({});
  const tool = { trace: request.trace, challenge: ground.challenge(scope), headers };
  try {
    const visitor = await recogniseTool(req, request, ground.recognition);
    if (visitor.kind === "tool") return { tool, visitor };
    return { tool, visitor: { kind: "anonymous", reason: visitor.reason } };
  } catch (error) {
    return { tool, visitor: { kind: "unknown", error } };
  }
}
