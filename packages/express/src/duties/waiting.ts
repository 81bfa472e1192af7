import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { listMissing } from "./missing.ts";
import { pageOf } from "./page.ts";
import { refuseNarrow } from "./whole-market.ts";

/** `GET /waiting`: everything that is due or overdue, over all duties; what is overdue first; and what nobody here does by the clock. */
export function listWaiting(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "destroy-data", who: ["operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { entries, next } = pageOf(await ground.desk.clock.waiting(), req, ({ isOverdue, dueAt, key }) => [
      !isOverdue,
      dueAt,
      key,
    ]);
    const missing = listMissing(ground.options, settings.tools !== null);
    sendAnswer(res, jsonAnswer(200, { at: settings.clock(), notices: entries, next, missing }));
    return undefined;
  });
}
