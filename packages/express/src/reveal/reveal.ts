import type { AnswerShape } from "@garim/masking";
import { GarimError } from "@garim/policy";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import { routeOf } from "../answer/access.ts";
import { type Passage, refuseFault, refusePassage } from "../answer/passage.ts";
import { observe } from "../observe/observe.ts";
import type { ObservePlan } from "../observe/options.ts";
import { markGuard, type RouteMark } from "../routes/route-mark.ts";
import type { Settings } from "../start/settings.ts";
import { judgeAdmission } from "../step-up/admission.ts";
import { isToolRequest } from "../tool/authorization.ts";
import type { ToolRoute } from "../tool/openapi/tool-route.ts";
import { receiveTool } from "../tool/receive.ts";
import { bareChallenge } from "../tool/refusal.ts";
import { type GuardedRoute, type RevealOptions, resolveRoute, warnOnce } from "./guarded-route.ts";
import { obey } from "./obey.ts";
import { isSealed, sealResponse } from "./sealed-response.ts";

/**
 * Guards a route: the handler answers with `res.json(value)` as it always did; every record of it is judged, recorded and
 * written as the rules allow. Every other way to answer is refused.
 */
export function createReveal(
  settings: Settings,
): (shape: AnswerShape, options: RevealOptions) => RequestHandler {
  return (shape, options) => {
    const route = resolveRoute(shape, options, settings);
    const isObserved = (): RouteMark | undefined => observedMark(settings.observations.planOf(route.observe));
    return markGuard(
      async function garimReveal(req: Request, res: Response, next: NextFunction): Promise<void> {
        const passage = await openPassage(req, res, route, settings);
        const plan = settings.observations.planOf(route.observe);
        if (plan === null) settings.observations.guard(passage.route);
        else if (await observe(passage, route, plan, settings, next)) return;
        settings.longResponses.forget(res);
        sealPassage(passage, route, settings);
        try {
          const refusal = await judgeAdmission(passage, route, settings);
          if (refusal === undefined) next();
          else await refusePassage(passage, refusal, settings);
        } catch (error) {
          await refuseFault(passage, error, settings);
        }
      },
      isObserved,
      toolRouteOf(route),
    );
  };
}

function toolRouteOf({ tools: scope, purpose, shape, isSummed }: GuardedRoute): ToolRoute | undefined {
  return scope === null ? undefined : { kind: "reveal", scope, purpose, shape, isSummed };
}

function observedMark(plan: ObservePlan | null): RouteMark | undefined {
  if (plan === null) return undefined;
  return { state: "observed", until: plan.until, ...(plan.isFor === null ? {} : { forSome: true }) };
}

async function openPassage(
  req: Request,
  res: Response,
  { purpose, tools, readSearch }: GuardedRoute,
  settings: Settings,
): Promise<Passage> {
  const common = {
    req,
    res,
    route: routeOf(req),
    action: "view",
    purpose,
    search: readSearch(req).terms,
  } as const;
  if (tools === null || settings.tools === null)
    return { ...common, visitor: await settings.visitors.of(req, res) };
  if (isToolRequest(req)) return { ...common, ...(await receiveTool(req, tools, settings.tools)) };
  const toolChallenge = bareChallenge(settings.tools.challenge(tools));
  return { ...common, toolChallenge, visitor: await settings.visitors.of(req, res) };
}

function sealPassage(passage: Passage, route: GuardedRoute, settings: Settings): void {
  const { res } = passage;
  if (isSealed(res)) throw twice(passage);
  sealResponse(res, {
    headers: route.headers,
    onAnswer: (given) => {
      obey(passage, route, given, settings)
        .catch((error) => refuseFault(passage, error, settings))
        // Nothing is left to answer with; whatever it was must not end the process.
        .catch(() => res.destroy());
    },
    onDropped: (header) =>
      warnOnce(passage, route, `header ${header} not sent; name it in reveal(…, { headers })`, settings),
  });
}

function twice(passage: Passage): GarimError {
  return new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    `${passage.route} has two guards; leave one garim.reveal() on it`,
  );
}
