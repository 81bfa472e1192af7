import type { StepUpClass } from "@garim/policy";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import { routeOf } from "../answer/access.ts";
import { type Passage, refuseFault, refusePassage } from "../answer/passage.ts";
import type { Settings } from "../start/settings.ts";
import { judgeProof } from "./admission.ts";

/**
 * Asks for a live session and a second factor that is fresh enough, before a page or a deed of the host's own. It seals nothing:
 * buyers' data belongs on a route guarded by `reveal`.
 */
export function createStepUp(settings: Settings): (action?: StepUpClass) => RequestHandler {
  return (stepUp = "view") =>
    async function garimStepUp(req: Request, res: Response, next: NextFunction): Promise<void> {
      const visitor = await settings.visitors.of(req, res);
      const passageOf = (): Passage => ({ req, res, visitor, route: routeOf(req), action: "view", stepUp });
      try {
        const refusal = await judgeProof(req, visitor, stepUp, settings);
        if (refusal === undefined) next();
        else await refusePassage(passageOf(), refusal, settings);
      } catch (error) {
        await refuseFault(passageOf(), error, settings);
      }
    };
}
