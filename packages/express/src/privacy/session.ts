import { type Refuse, refuse, sessionEnds, workerId } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { isOutage } from "../answer/outage.ts";
import type { Settings } from "../start/settings.ts";
import { isEnrolled } from "../step-up/admission.ts";
import { markBackground, type Visitor } from "../visit/visitor.ts";
import { workerEndpoint } from "./worker.ts";

/** `GET /session`: what the page needs for its countdown. Asking is no activity. */
export function tellSession(settings: Settings): RequestHandler {
  return async (req, res) => {
    markBackground(req);
    const visitor = await settings.visitors.of(req, res);
    settings.longResponses.forget(res);
    sendAnswer(res, jsonAnswer(200, await sessionOf(visitor, settings).catch(sayUnavailable)));
  };
}

/** As it is told of somebody whose session cannot be looked at: the store of factors is out. */
function sayUnavailable(error: unknown): object {
  if (isOutage(error)) return { state: "none", reason: "unavailable" };
  throw error;
}

/**
 * `POST /session`: "stay signed in". Somebody said so, and no other site: that is activity. Answers as {@link tellSession}. Nothing
 * of it is recorded but a refusal, as an attempt upon the session's end.
 */
export function staySignedIn(settings: Settings): RequestHandler {
  return workerEndpoint("session-end", settings, async ({ req, res, visitor }) => {
    // Done here and now, so that the answer tells the new end.
    markBackground(req);
    await settings.sessions.touch(visitor.session);
    const moved = await settings.visitors.again(req, res);
    if (moved.kind !== "worker") return refusalOf(moved);
    sendAnswer(res, jsonAnswer(200, await sessionOf(moved, settings)));
    return undefined;
  });
}

function refusalOf(visitor: Exclude<Visitor, { kind: "worker" }>): Refuse {
  if (visitor.kind === "unknown") throw visitor.error;
  return refuse(visitor.kind === "anonymous" ? visitor.reason : "log-in-again");
}

async function sessionOf(visitor: Visitor, settings: Settings): Promise<object> {
  if (visitor.kind === "anonymous") return { state: "none", reason: visitor.reason };
  if (visitor.kind !== "worker")
    return { state: "none", reason: visitor.kind === "buyer" ? "buyer" : "unavailable" };
  const { identity, session } = visitor;
  return {
    state: "live",
    worker: { kind: identity.kind, id: workerId(identity), sellerId: session.worker.sellerId },
    /** The clock the ends are told by: the page's own may be wrong. */
    now: settings.clock(),
    ...sessionEnds(session, settings.policy),
    secondFactorAt: session.secondFactor?.at ?? null,
    // Who has proved one has one: no need to ask the store each time a page asks for its countdown.
    enrolled: session.secondFactor !== null || (await isEnrolled(session, settings)),
  };
}
