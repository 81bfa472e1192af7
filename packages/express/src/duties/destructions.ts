import { type RunAsked, writeLedger } from "@garim/duties";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { pageLanguageOf } from "../answer/language.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { type DutyPurpose, dutyEndpoint } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { readPaging } from "./page.ts";
import { refuseNarrow } from "./whole-market.ts";

const READ: DutyPurpose = { action: "destroy-data", who: ["operator", "auditor"], isChange: false };

/** `GET /due`: what is to be stored apart or destroyed within `?days=` (30), of `?type=` or every kind; ids and dates alone. */
export function listDue(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { type, days } = req.query;
    const asked = {
      ...readPaging(req),
      ...(typeof type === "string" ? { recordType: type } : {}),
      ...(days === undefined ? {} : { withinDays: Number(days) }),
    };
    sendAnswer(res, jsonAnswer(200, await ground.desk.retention.due(asked, settings.clock())));
    return undefined;
  });
}

/** `POST /destructions`: `{ recordType, store, after, limit }` stores apart and destroys what may go now, of one page. */
export function runDestruction(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "destroy-data", who: ["operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { keeper }) => {
    const given = membersOf(req) as unknown as RunAsked;
    sendAnswer(res, jsonAnswer(200, await ground.desk.retention.run(given, keeper)));
    return undefined;
  });
}

/** `GET /destructions`: certificates, newest first; `?open=1` those that nobody has confirmed, or that broke off. */
export function listDestructions(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const asked = { ...readPaging(req), isOpen: req.query["open"] === "1" };
    const { entries, next } = await ground.desk.retention.list(asked);
    sendAnswer(res, jsonAnswer(200, { destructions: entries, next }));
    return undefined;
  });
}

/** `GET /destructions/ledger`: the newest thousand as the ledger (개인정보 파기 관리대장), a page in the reader's language. */
export function tellLedger(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { company = "회사 이름을 정하지 않음" } = ground.options;
    const { entries } = await ground.desk.retention.list({ limit: 1_000 });
    const facts = { company, madeAt: settings.clock(), language: pageLanguageOf(req) };
    const body = Buffer.from(writeLedger(entries, facts));
    const headers = { "X-Content-Type-Options": "nosniff" };
    sendAnswer(res, { status: 200, contentType: "text/html; charset=utf-8", body, headers });
    return undefined;
  });
}

/** `GET /destructions/:id` */
export function tellDestruction(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async (passage, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const found = await ground.desk.retention.find(String(passage.req.params["id"]));
    if (found === null) return refuseInput(passage, "destruction-unknown");
    sendAnswer(passage.res, jsonAnswer(200, found));
    return undefined;
  });
}

/** `POST /destructions/:id/confirmation`: `{ note }`, by an auditor: the privacy officer (개인정보 보호책임자), who did not destroy. */
export function confirmDestruction(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "confirm-data", who: ["auditor"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { note } = membersOf(passage.req);
    const id = String(passage.req.params["id"]);
    const confirmed = await ground.desk.retention.confirm(id, note as string, keeper);
    if (confirmed === null) return refuseInput(passage, "destruction-unknown");
    if ("kind" in confirmed) return confirmed;
    sendAnswer(passage.res, jsonAnswer(200, confirmed));
    return undefined;
  });
}

/** `GET /proofs`: `?type=` and `?id=`: what became of one record. */
export function tellProofs(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async (passage, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { type, id } = passage.req.query;
    if (typeof type !== "string" || typeof id !== "string") return refuseInput(passage, "record-missing");
    sendAnswer(passage.res, jsonAnswer(200, { proofs: await ground.desk.retention.proofs(type, id) }));
    return undefined;
  });
}

/** `POST /tool-calls`: calls the tools whose destruction is late. */
export function callTools(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "call-destruction", who: ["operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ res }, { keeper }) => {
    sendAnswer(res, jsonAnswer(200, { orders: await ground.desk.retention.callTools(keeper) }));
    return undefined;
  });
}
