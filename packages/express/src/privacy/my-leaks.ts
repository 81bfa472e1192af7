import { refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { routeOf } from "../answer/access.ts";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { type Passage, refuseFault, refusePassage } from "../answer/passage.ts";
import type { DutyGround } from "../duties/ground.ts";
import type { Settings } from "../start/settings.ts";
import { markBackground } from "../visit/visitor.ts";

/** Answers wait until so long after the request: how fast one comes tells nothing of whom. */
const SETTLE_MS = 250;

/**
 * `GET /my-leaks`: the posted leaks, and of each whether one's own data was among it, for the buyer the host has logged in. Answers are as
 * long and as slow either way, and nobody can ask for another. Nothing is recorded of it.
 */
export function listMyLeaks(ground: DutyGround, settings: Settings): RequestHandler {
  return async (req, res) => {
    markBackground(req);
    const visitor = await settings.visitors.of(req, res);
    const passage: Passage = { req, res, visitor, route: routeOf(req), action: "log-query" };
    try {
      if (visitor.kind === "unknown") throw visitor.error;
      if (visitor.kind !== "buyer") {
        const reason = visitor.kind === "anonymous" ? visitor.reason : "role-lacks-action";
        return await refusePassage(passage, refuse(reason, settings.policy.edition), settings);
      }
      const settled = new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await ground.follower.ready();
      const leaks = await ground.desk.leaks.ofBuyer(visitor.identity.buyerId);
      await settled;
      sendAnswer(res, jsonAnswer(200, { leaks }));
    } catch (error) {
      await refuseFault(passage, error, settings);
    }
  };
}
