import type { HoldInput } from "@garim/duties";
import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf } from "./page.ts";
import { refuseNarrow } from "./whole-market.ts";

/** `GET /data-holds`: legal holds on the host's records, oldest first; `?open=1` those that hold still. */
export function listHolds(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "hold-data", who: ["operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const all = await ground.desk.retention.holds(req.query["open"] === "1");
    const { entries, next } = pageOf(all, req, ({ placedAt, id }) => [placedAt, id]);
    sendAnswer(res, jsonAnswer(200, { holds: entries, next }));
    return undefined;
  });
}

/** `POST /data-holds`: `{ recordType, recordIds, reason }`; says what it comes too late for. */
export function placeHold(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "hold-data", who: ["operator", "auditor"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const given = membersOf(req) as unknown as HoldInput;
    sendAnswer(res, jsonAnswer(201, await ground.desk.retention.hold(given, keeper)));
    return undefined;
  });
}

/** `DELETE /data-holds/:id`: `{ reason }` */
export function releaseHold(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "release-data", who: ["operator", "auditor"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { reason } = membersOf(passage.req);
    const id = String(passage.req.params["id"]);
    const released = await ground.desk.retention.release(id, reason as string, keeper);
    if (released === null) return refuseInput(passage, "hold-unknown");
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}
