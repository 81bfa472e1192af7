import type { Proved } from "@garim/auth";
import type { Refuse } from "@garim/policy";
import { refuse } from "@garim/policy";
import { jsonAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { sightingOf } from "../visit/arrivals.ts";
import { setCookie } from "../visit/cookie.ts";
import type { Worker } from "../visit/visitor.ts";
import { recordDone, type WorkerPassage } from "./worker.ts";

/**
 * Raises the session of a request with what was proved: its id changes, and the request goes on in the raised one. Whoever has the
 * id from before has nothing.
 */
export async function raise(
  passage: WorkerPassage,
  { method }: Proved,
  settings: Settings,
): Promise<WorkerPassage | Refuse> {
  const { req, res } = passage;
  const raised = await settings.sessions.raise(passage.visitor.session, method);
  if (raised === undefined) return refuse("log-in-again");
  const visitor: Worker = { ...passage.visitor, session: raised.session };
  settings.visitors.replace(req, visitor);
  setCookie(res, settings.cookie.write(raised.id));
  return { ...passage, visitor };
}

/** Records a proof and tells the page since when it counts. */
export async function answerProof(passage: WorkerPassage, settings: Settings): Promise<undefined> {
  const { secondFactor } = passage.visitor.session;
  await recordDone(passage, jsonAnswer(200, { secondFactorAt: secondFactor?.at ?? null }), settings);
}

/** Tells signals of a wrong try: many accounts that fail from one network are one attack. */
export async function noteRefusal(
  { req, visitor }: WorkerPassage,
  refusal: Refuse,
  { signals, clock }: Settings,
): Promise<Refuse> {
  if (refusal.reason === "second-factor-wrong")
    await signals.observe(sightingOf("factor-failed", req, visitor.session, clock()));
  return refusal;
}
