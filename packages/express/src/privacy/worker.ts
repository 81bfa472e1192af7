import type { AccessAction } from "@garim/audit";
import { type Refuse, refuse, type StepUpClass } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { routeOf } from "../answer/access.ts";
import { type Answer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { isGone } from "../answer/gone.ts";
import { languageOf } from "../answer/language.ts";
import { type Passage, recordThenSend, refuseFault, refusePassage } from "../answer/passage.ts";
import { problemOfStatus } from "../answer/problem.ts";
import type { Settings } from "../start/settings.ts";
import { judgeNetwork, requireWorker } from "../step-up/admission.ts";
import type { Worker } from "../visit/visitor.ts";

/** A request of somebody in a live session. */
export interface WorkerPassage extends Passage {
  readonly visitor: Worker;
}

/** What a deed of Garim's own endpoints comes to: it has sent its answer, or it refuses. */
export type Outcome = Refuse | undefined;

/** What an endpoint is for, as its refusals are recorded. */
export interface Purpose {
  readonly action: AccessAction;
  /** How fresh a second factor has to be; left out, as `action` asks. */
  readonly stepUp?: StepUpClass;
}

/** Garim's own endpoint for people in a session. What refuses is recorded; what throws is a fault. */
export function workerEndpoint(
  purpose: AccessAction | Purpose,
  settings: Settings,
  serve: (passage: WorkerPassage) => Promise<Outcome>,
): RequestHandler {
  const what: Purpose = typeof purpose === "string" ? { action: purpose } : purpose;
  return async (req, res) => {
    const visitor = await settings.visitors.of(req, res);
    settings.longResponses.forget(res);
    const passage: Passage = { req, res, visitor, route: routeOf(req), ...what };
    try {
      const refusal = await serveWorker(passage, serve, settings);
      if (refusal !== undefined) await refusePassage(passage, refusal, settings);
    } catch (error) {
      if (isGone(error)) return;
      await refuseFault(passage, error, settings);
    }
  };
}

async function serveWorker(
  passage: Passage,
  serve: (passage: WorkerPassage) => Promise<Outcome>,
  settings: Settings,
): Promise<Outcome> {
  const { req } = passage;
  const worker = requireWorker(passage.visitor);
  if (worker.kind === "refuse") return worker;
  if (!isSameOrigin(req)) return refuse("cross-site");
  return (await judgeNetwork(req, worker, settings)) ?? (await serve({ ...passage, visitor: worker }));
}

/** Records that a deed was done, then answers. */
export async function recordDone(
  passage: WorkerPassage,
  answer: Answer,
  settings: Settings,
): Promise<undefined> {
  const { action, target } = passage;
  const deed = { at: settings.clock(), action, outcome: "done", ...(target ? { target } : {}) } as const;
  await recordThenSend(passage, deed, answer, settings);
}

/** Refuses what nobody could have meant; it is no deed, and not recorded. @param code - for programs */
export function refuseInput({ req, res }: WorkerPassage, code: string): undefined {
  sendAnswer(res, problemAnswer({ ...problemOfStatus(400, languageOf(req)), code }));
}

/**
 * Whether a request that changes something came from this site's own pages (or from no browser at all, which carries no
 * cookie of somebody else).
 */
export function isSameOrigin(req: Request): boolean {
  if (req.method === "GET" || req.method === "HEAD") return true;
  const site = req.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = req.get("origin");
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === req.get("host"));
}
