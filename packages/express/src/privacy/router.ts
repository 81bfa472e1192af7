import type { AccessAction } from "@garim/audit";
import type { Proved } from "@garim/auth";
import { type Refuse, refuse, sessionEnds, workerId } from "@garim/policy";
import { type ErrorRequestHandler, json, type RequestHandler, Router } from "express";
import { emptyAnswer, jsonAnswer, problemAnswer, sendAnswer } from "./answer.ts";
import { languageOf } from "./language.ts";
import { recordThenSend } from "./passage.ts";
import { problemOfStatus } from "./problem.ts";
import { markOpen } from "./route-mark.ts";
import type { Settings } from "./settings.ts";
import { markBackground, setSessionCookie, type Visitor, type Worker } from "./visitor.ts";
import { type WorkerPassage, workerEndpoint } from "./worker.ts";

/** A code and nothing else: larger bodies are somebody's mistake. */
const LARGEST_BODY = "2kb";

/**
 * The endpoints of session and second factor, JSON in and out, for the host's own pages.
 *
 * `GET /session`, `POST /totp/enrolment`, `POST /totp/enrolment/confirmation`, `POST /step-up`, `POST /sign-out`.
 */
export function createSecondFactor(settings: Settings): Router {
  const router = Router();
  router.use(markOpen(pass, "the second factor's own endpoints hold no buyer's data"));
  router.get("/session", tellSession(settings));
  router.use(json({ limit: LARGEST_BODY }), unreadableBody);
  router.post("/totp/enrolment", enrol(settings));
  router.post("/totp/enrolment/confirmation", prove("enrol-factor", settings));
  router.post("/step-up", prove("step-up", settings));
  router.post("/sign-out", signOut(settings));
  return router;
}

const pass: RequestHandler = (_req, _res, next) => next();

const unreadableBody: ErrorRequestHandler = (error, req, res, _next) => {
  const status = error?.status === 413 ? 413 : 400;
  sendAnswer(res, problemAnswer(problemOfStatus(status, languageOf(req))));
};

/** What the page needs for its countdown. Asking is no activity. */
function tellSession(settings: Settings): RequestHandler {
  return async (req, res) => {
    markBackground(req);
    const visitor = await settings.visitors.of(req, res);
    sendAnswer(res, jsonAnswer(200, await sessionOf(visitor, settings)));
  };
}

async function sessionOf(visitor: Visitor, settings: Settings): Promise<object> {
  if (visitor.kind === "anonymous") return { state: "none", reason: visitor.reason };
  if (visitor.kind !== "worker")
    return { state: "none", reason: visitor.kind === "buyer" ? "buyer" : "unavailable" };
  const { identity, session } = visitor;
  return {
    state: "live",
    worker: { kind: identity.kind, id: workerId(identity), sellerId: session.worker.sellerId },
    ...sessionEnds(session, settings.policy),
    secondFactorAt: session.secondFactor?.at ?? null,
    enrolled: await settings.totp.isEnrolled(identity),
  };
}

function enrol(settings: Settings): RequestHandler {
  return workerEndpoint("enrol-factor", settings, async (passage) => {
    const { identity } = passage.visitor;
    const enrolment = await settings.totp.enrol(identity, workerId(identity));
    if ("kind" in enrolment) return enrolment;
    const { secret, uri } = enrolment;
    await recordDone(passage, "enrol-factor", jsonAnswer(201, { secret, uri }), settings);
    return undefined;
  });
}

/** A code: the first use of a new factor, or a step-up. Both raise the session, and its id changes. */
function prove(action: "enrol-factor" | "step-up", settings: Settings): RequestHandler {
  return workerEndpoint("step-up-failed", settings, async (passage) => {
    const { identity } = passage.visitor;
    const code: unknown = passage.req.body?.code;
    const proved = await (action === "step-up"
      ? settings.totp.verify(identity, code)
      : settings.totp.confirm(identity, code));
    return proved.kind === "refuse" ? proved : await raise(passage, action, proved, settings);
  });
}

async function raise(
  passage: WorkerPassage,
  action: AccessAction,
  proved: Proved,
  settings: Settings,
): Promise<Refuse | undefined> {
  const raised = await settings.sessions.raise(passage.visitor.session, proved.method);
  if (raised === undefined) return refuse("log-in-again");
  const visitor: Worker = { ...passage.visitor, session: raised.session };
  settings.visitors.replace(passage.req, visitor);
  setSessionCookie(passage.res, settings.cookie.write(raised.id));
  const answer = jsonAnswer(200, { secondFactorAt: raised.session.secondFactor?.at ?? null });
  await recordDone({ ...passage, visitor }, action, answer, settings);
  return undefined;
}

function signOut(settings: Settings): RequestHandler {
  return workerEndpoint("log-out", settings, async (passage) => {
    await settings.sessions.end(passage.visitor.session);
    setSessionCookie(passage.res, settings.cookie.clear());
    await settings.signOut(passage.req, passage.res);
    await recordDone(passage, "log-out", emptyAnswer(204), settings);
    return undefined;
  });
}

async function recordDone(
  passage: WorkerPassage,
  action: AccessAction,
  answer: Parameters<typeof recordThenSend>[2],
  settings: Settings,
): Promise<void> {
  await recordThenSend(
    { ...passage, action },
    { at: settings.clock(), action, outcome: "done" },
    answer,
    settings,
  );
}
