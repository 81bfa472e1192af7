import { reportRights } from "@garim/duties";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { readPaging } from "./page.ts";

const PAGE = 50;

/** `GET /rights`: which rights a seller's staff have and do not use, roles that could go, signs of shared accounts; on record. */
export function reportStaffRights(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "log-query", who: ["owner", "operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const { req, res } = passage;
    const sellerId = sellerOf(req, identity);
    if (sellerId === undefined) return refuseInput(passage, "seller-or-staff-invalid");
    const { limit, after } = readPaging(req);
    const asked = { sellerId, limit: Math.min(limit, PAGE), ...(after === undefined ? {} : { after }) };
    sendAnswer(res, jsonAnswer(200, await reportRights(settings, asked, keeper, settings.clock())));
    return undefined;
  });
}
