import type { Keeper, SubjectRequest } from "@garim/duties";
import { type BuyerIdentity, isGarimError, REQUEST_WORDS, refuse } from "@garim/policy";
import type { Request, RequestHandler, Response } from "express";
import { addressOf, routeOf } from "../answer/access.ts";
import { jsonAnswer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { type Passage, refuseFault, refusePassage } from "../answer/passage.ts";
import { type Language, problemOfStatus } from "../answer/problem.ts";
import type { DutyGround } from "../duties/ground.ts";
import { readPaging } from "../duties/page.ts";
import type { Settings } from "../start/settings.ts";
import { markBackground } from "../visit/visitor.ts";
import { membersOf } from "./input.ts";
import { isSameOrigin } from "./worker.ts";

/** `GET /my-requests`: what one asked about the own data, by when it is answered, and what was answered; the newest first, by pages. */
export function listMyRequests(ground: DutyGround, settings: Settings): RequestHandler {
  return buyerEndpoint(settings, async (req, res, { buyerId }) => {
    const { entries, next } = await ground.desk.requests.ofBuyer(buyerId, settings.clock(), readPaging(req));
    const requests = entries.map((one) => viewOwn(one, languageOf(req)));
    sendAnswer(res, jsonAnswer(200, { requests, next }));
  });
}

/** `POST /my-requests`: asks `{ kind, text, sellerId }`: to see the own data, have it corrected or deleted, or its use stopped. */
export function openRequest(ground: DutyGround, settings: Settings): RequestHandler {
  return buyerEndpoint(settings, async (req, res, { buyerId }) => {
    const { kind, text, sellerId = null } = membersOf(req);
    const given = { buyerId, kind, text, sellerId } as Parameters<typeof ground.desk.requests.open>[0];
    const opened = await ground.desk.requests.open(given, keeperOf(req));
    sendAnswer(res, jsonAnswer(201, viewOwn(opened, languageOf(req))));
  });
}

/** Who answered is told by kind alone: staff are people whose own data this page does not give away. */
function viewOwn({ buyerId: _, answeredBy, ...own }: SubjectRequest, language: Language): object {
  const kindText = REQUEST_WORDS[own.kind][language];
  return { ...own, kindText, answeredBy: answeredBy?.split(" ", 1)[0] ?? null };
}

/** Not the buyer: data subjects are on record as pseudonyms alone. */
function keeperOf(req: Request): Keeper {
  return {
    actor: { kind: "system", id: "buyer-page", sellerId: null },
    session: null,
    factor: null,
    origin: { ip: addressOf(req), agent: req.get("user-agent") ?? null },
    route: routeOf(req),
  };
}

function buyerEndpoint(
  settings: Settings,
  serve: (req: Request, res: Response, buyer: BuyerIdentity) => Promise<void>,
): RequestHandler {
  return async (req, res) => {
    markBackground(req);
    const visitor = await settings.visitors.of(req, res);
    const passage: Passage = { req, res, visitor, route: routeOf(req), action: "open-request" };
    try {
      if (visitor.kind === "unknown") throw visitor.error;
      if (visitor.kind !== "buyer") {
        const reason = visitor.kind === "anonymous" ? visitor.reason : "role-lacks-action";
        return await refusePassage(passage, refuse(reason, settings.policy.edition), settings);
      }
      if (!isSameOrigin(req)) return await refusePassage(passage, refuse("cross-site"), settings);
      await serve(req, res, visitor.identity);
    } catch (error) {
      if (!isGarimError(error) || error.code !== "ERR_GARIM_OPTION_INVALID")
        return await refuseFault(passage, error, settings);
      const problem = { ...problemOfStatus(400, languageOf(req)), code: error.code, detail: error.message };
      sendAnswer(res, problemAnswer(problem));
    }
  };
}
