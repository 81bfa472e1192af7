import type { FactorKind, PasskeyEnrolment, Proved, TotpEnrolment } from "@garim/auth";
import { type Refuse, workerId } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { membersOf } from "./input.ts";
import { answerProof, noteRefusal, raise } from "./proof.ts";
import { type Outcome, recordDone, type WorkerPassage, workerEndpoint } from "./worker.ts";

/** `POST /factors/totp` and `/factors/passkey`: what a new factor is made of, told once. */
export function enrol(kind: FactorKind, settings: Settings): RequestHandler {
  return workerEndpoint("enrol-factor", settings, async (passage) => {
    const enrolment = await begin(kind, passage, settings);
    if (enrolment.kind === "refuse") return enrolment;
    // A session that was ended a moment ago, with a reset of all factors, must not learn what would make it the first one.
    const life = await settings.sessions.recheckNow(passage.visitor.session);
    if (life.kind === "refuse") return life;
    const { kind: _, ...told } = enrolment;
    return await recordDone(passage, jsonAnswer(201, told), settings);
  });
}

function begin(
  kind: FactorKind,
  { req, visitor: { identity, session } }: WorkerPassage,
  { factors }: Settings,
): Promise<TotpEnrolment | PasskeyEnrolment | Refuse> {
  const { name } = membersOf(req);
  const label = workerId(identity);
  return kind === "totp"
    ? factors.enrolTotp(session, label, name)
    : factors.enrolPasskey(session, label, name);
}

/** `POST /factors/totp/confirmation` and `/factors/passkey/confirmation`: its first use. It raises the session as a step-up does. */
export function confirm(kind: FactorKind, settings: Settings): RequestHandler {
  return workerEndpoint("enrol-factor", settings, async (passage) => {
    const proved = await confirmUse(kind, passage, settings);
    if (proved.kind === "refuse") return await noteRefusal(passage, proved, settings);
    return await settle(passage, proved, settings);
  });
}

function confirmUse(
  kind: FactorKind,
  { req, visitor: { session } }: WorkerPassage,
  { factors }: Settings,
): Promise<Proved | Refuse> {
  const { code, response } = membersOf(req);
  return kind === "totp" ? factors.confirmTotp(session, code) : factors.confirmPasskey(session, response);
}

async function settle(passage: WorkerPassage, proved: Proved, settings: Settings): Promise<Outcome> {
  const raised = await raise(passage, proved, settings);
  if ("kind" in raised) return raised;
  const { session } = raised.visitor;
  const { factors } = await settings.factors.list(session.worker);
  // Sessions from before the first one hold no proof by a factor.
  if (factors.length > 1) await settings.sessions.endAll(session.worker, "factors-changed", session);
  return await answerProof(raised, settings);
}
