import type { ToolPageAsked } from "@garim/duties";
import type { WorkerIdentity } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { type DutyPurpose, dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { readPaging } from "./page.ts";

const READ: DutyPurpose = {
  action: "confirm-destruction",
  who: ["owner", "operator", "auditor"],
  isChange: false,
};

/** `GET /tool-debts`: of how many orders each tool owes a receipt for their destruction, and how many are late. */
export function listToolDebts(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async ({ req, res }, { identity }) => {
    const now = settings.clock();
    const { entries, next } = await ground.desk.purges.debts(askedOf(req, identity), now);
    const debts = entries.map((one) => ({ ...one, toolName: nameOf(one.toolId, settings) }));
    sendAnswer(res, jsonAnswer(200, { debts, next }));
    return undefined;
  });
}

/** `GET /tool-receipts`: what tools said that they destroyed, within a year, newest first. */
export function listToolReceipts(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async ({ req, res }, { identity }) => {
    const { entries, next } = await ground.desk.purges.receipts(askedOf(req, identity));
    const receipts = entries.map((one) => ({ ...one, toolName: nameOf(one.toolId, settings) }));
    sendAnswer(res, jsonAnswer(200, { receipts, next }));
    return undefined;
  });
}

function askedOf(req: Request, identity: WorkerIdentity): ToolPageAsked {
  const sellerId = sellerOf(req, identity);
  return { ...readPaging(req), ...(sellerId === undefined ? {} : { sellerId }) };
}

function nameOf(toolId: string, { tools }: Settings): object | null {
  return tools?.desk.tools.find(toolId)?.name ?? null;
}
