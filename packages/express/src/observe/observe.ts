import { type Reason, type Refuse, refuse } from "@garim/policy";
import type { NextFunction } from "express";
import { accessOf } from "../answer/access.ts";
import type { Passage } from "../answer/passage.ts";
import type { GuardedRoute } from "../reveal/guarded-route.ts";
import type { Settings } from "../start/settings.ts";
import { judgeAdmission } from "../step-up/admission.ts";
import { isOwnToken } from "../tool/authorization.ts";
import { judgeObserved } from "./judge.ts";
import type { ObservePlan } from "./options.ts";
import { type WatchedAnswer, watchResponse } from "./watched-response.ts";

/** A session or an account that has ended: observing lifts none of it. */
const ENDINGS: readonly Reason[] = [
  "session-idle",
  "session-absolute",
  "session-revoked",
  "session-limit",
  "log-in-again",
  "seller-changed",
  "roles-changed",
  "factors-changed",
  "account-dormant",
  "account-dismissed",
];

/** Says on every answer that the route is only observed, and until when (a dictionary of RFC 9651). */
const OBSERVE_HEADER = "Garim-Observe";

/**
 * Observes a request: the handler runs and its answer leaves as it is; what enforcing would have made of it is put on record after.
 *
 * @returns whether it is taken; where not, the route enforces: a tool's request, an ended session, another seller, an end that passed
 */
export async function observe(
  passage: Passage,
  route: GuardedRoute,
  plan: ObservePlan,
  settings: Settings,
  next: NextFunction,
): Promise<boolean> {
  if (!mayObserve(passage, route, plan, settings)) return false;
  const end = await settings.observations.endOf(passage.route, plan);
  if (end === null) return false;
  const refusal = await judgeQuietly(passage, route, settings);
  // Observing lifts nothing that ended: a session stays ended, whoever asks.
  if (refusal !== undefined && ENDINGS.includes(refusal.reason)) return false;
  passage.res.setHeader(OBSERVE_HEADER, `until="${new Date(end).toISOString()}"`);
  watchResponse(passage.res, route.headers, (watched) => take(passage, route, watched, refusal, settings));
  next();
  return true;
}

/** Tools are always under the rules; of people only those the plan is for. */
function mayObserve(
  { req, visitor }: Passage,
  route: GuardedRoute,
  { isFor }: ObservePlan,
  settings: Settings,
): boolean {
  if (visitor.kind === "tool" || isOwnToken(req, route.tools, settings.tools?.desk.issuer ?? null))
    return false;
  if (isFor === null) return true;
  return visitor.kind === "worker" && visitor.identity.kind === "staff" && isFor(visitor.identity.sellerId);
}

/** Where nobody can tell who asks, or whether they may, enforcing would answer 503. */
async function judgeQuietly(
  passage: Passage,
  route: GuardedRoute,
  settings: Settings,
): Promise<Refuse | undefined> {
  try {
    return await judgeAdmission(passage, route, settings);
  } catch (error) {
    settings.observations.fail(passage.route, "unjudged", error);
    return refuse("unavailable");
  }
}

/** Puts an answer on record that has left. Nothing waits for it, and nothing of it may reach the host. */
function take(
  passage: Passage,
  route: GuardedRoute,
  watched: WatchedAnswer,
  refusal: Refuse | undefined,
  settings: Settings,
): void {
  const { observations, clock, log, policy } = settings;
  observations.count(passage.route);
  try {
    const judged = judgeObserved(passage, route, watched, refusal, settings);
    if (isNothing(passage, judged.outcome)) return;
    const { action } = passage;
    const access = accessOf(
      passage,
      { at: clock(), action, purpose: route.purpose, mode: "observe", ...judged },
      policy,
    );
    log.append(access).catch((error) => observations.fail(passage.route, "unrecorded", error));
  } catch (error) {
    observations.fail(passage.route, "unjudged", error);
  }
}

/** Whom the host itself gave nothing, and who is nobody here, would flood the log. */
function isNothing({ visitor }: Passage, outcome: string): boolean {
  return outcome === "done" && visitor.kind !== "worker";
}
