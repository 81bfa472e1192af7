import type { Schedule } from "@garim/duties";
import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf } from "./page.ts";

/** `GET /schedules`: how long each kind of record is kept, and how it is destroyed. */
export function listSchedules(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-schedule", who: ["owner", "operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }) => {
    const { entries, next } = pageOf(ground.desk.schedules.list(), req, ({ recordType }) => [recordType]);
    sendAnswer(res, jsonAnswer(200, { schedules: entries, next }));
    return undefined;
  });
}

/** `PUT /schedules/:recordType` */
export function putSchedule(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-schedule", who: ["operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { keeper }) => {
    const given = { ...membersOf(req), recordType: req.params["recordType"] } as unknown as Schedule;
    sendAnswer(res, jsonAnswer(200, await ground.desk.schedules.put(given, keeper)));
    return undefined;
  });
}

/** `DELETE /schedules/:recordType` */
export function endSchedule(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "end-schedule", who: ["operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { keeper }) => {
    const ended = await ground.desk.schedules.end(String(passage.req.params["recordType"]), keeper);
    if (ended === null) return refuseInput(passage, "schedule-unknown");
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}
