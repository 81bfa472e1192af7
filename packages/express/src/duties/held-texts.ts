import { listHeldTexts } from "@garim/duties";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { readPaging } from "./page.ts";

/** `GET /held-texts`: replies that were held, why and whose, the newest first; never a text. On record as a question. */
export function listHeld(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "log-query", who: ["owner", "operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const sellerId = sellerOf(req, identity);
    const asked = { ...readPaging(req), ...(sellerId === undefined ? {} : { sellerId }) };
    const page = await listHeldTexts(settings, asked, keeper, settings.clock());
    sendAnswer(res, jsonAnswer(200, { sellerId: sellerId ?? null, ...page }));
    return undefined;
  });
}
