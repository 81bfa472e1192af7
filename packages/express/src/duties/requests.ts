import type { RequestAnswer, SubjectRequest } from "@garim/duties";
import type { Refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput, type WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { readPaging } from "./page.ts";

/** `GET /requests`: buyers' requests without their texts, the oldest first; `?open=1` those that wait. An owner sees those about the shop. */
export function listRequests(ground: DutyGround, settings: Settings): RequestHandler {
  const who = ["owner", "operator", "auditor"] as const;
  return dutyEndpoint({ action: "answer-request", who, isChange: false }, ground, settings, async (...at) => {
    const [{ req, res }, { identity }] = at;
    const sellerId = sellerOf(req, identity);
    const whose = sellerId === undefined ? {} : { sellerId };
    const asked = { ...readPaging(req), ...whose, isOpen: req.query["open"] === "1" };
    const { entries, next } = await ground.desk.requests.list(asked, settings.clock());
    sendAnswer(res, jsonAnswer(200, { requests: entries, next }));
    return undefined;
  });
}

/** `GET /requests/:id`: one with who asked and what; on record first, for it may hold personal data. */
export function viewRequest(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "view", who: ["owner", "operator"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { keeper }) =>
    tell(passage, await ground.desk.requests.view(String(passage.req.params["id"]), keeper)),
  );
}

/** `POST /requests/:id/answer`: `{ outcome, answer }`, once; the buyer reads it. */
export function answerRequest(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "answer-request", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { keeper }) => {
    const given = { ...membersOf(passage.req), id: passage.req.params["id"] } as unknown as RequestAnswer;
    return tell(passage, await ground.desk.requests.answer(given, keeper));
  });
}

function tell(passage: WorkerPassage, found: SubjectRequest | Refuse | null): Refuse | undefined {
  if (found === null) return refuseInput(passage, "request-unknown");
  // A refusal is of the kind `refuse`; a request's kind says what is asked for.
  if (found.kind === "refuse") return found;
  sendAnswer(passage.res, jsonAnswer(200, found));
  return undefined;
}
