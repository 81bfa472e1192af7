import type { Proved } from "@garim/auth";
import { type Reason, type Refuse, refuse } from "@garim/policy";
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

/** What a try comes to that proves nothing: one while nothing is looked at is a try, too, and takes as long. */
const FAILED: ReadonlySet<Reason> = new Set([
  "second-factor-wrong",
  "challenge-void",
  "challenge-expired",
  "account-locked",
  "factor-disabled",
]);

/** Tells signals of a failed try: many accounts that fail from one network are one attack. */
export async function noteRefusal(
  { req, visitor }: WorkerPassage,
  refusal: Refuse,
  { signals, clock }: Settings,
): Promise<Refuse> {
  if (FAILED.has(refusal.reason))
    await signals.observe(sightingOf("factor-failed", req, visitor.session, clock()));
  return refusal;
}
