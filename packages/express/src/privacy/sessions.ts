import { describeDevice, describeNetwork, type ListedSession } from "@garim/auth";
import { refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import type { Language } from "../answer/problem.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor } from "../step-up/admission.ts";
import { setCookie } from "../visit/cookie.ts";
import { recordDone, type WorkerPassage, workerEndpoint } from "./worker.ts";

/** A session as people see it. Moments are UTC milliseconds. */
interface SessionView {
  readonly name: string;
  readonly device: string;
  readonly network: string;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  readonly secondFactor: ListedSession["secondFactor"];
  readonly isCurrent: boolean;
}

/** `GET /sessions`: where one is logged in. Addresses are personal: it takes a proof. */
export function listSessions(settings: Settings): RequestHandler {
  return workerEndpoint("view-account", settings, async ({ req, res, visitor }) => {
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    const { worker, name } = visitor.session;
    const sessions = viewSessions(await settings.sessions.list(worker), languageOf(req), name);
    sendAnswer(res, jsonAnswer(200, { sessions }));
    return undefined;
  });
}

/** @param current - the name of the session that asks */
export function viewSessions(
  sessions: readonly ListedSession[],
  language: Language,
  current: string,
): readonly SessionView[] {
  return sessions.map(({ device, network, ...told }) => ({
    ...told,
    device: describeDevice(device, language),
    network: describeNetwork(network, language),
    isCurrent: told.name === current,
  }));
}

/** `DELETE /sessions/:name`: one of one's own, wherever it is. The very session that asks signs out. */
export function endSession(settings: Settings): RequestHandler {
  return workerEndpoint("end-sessions", settings, async (passage) => {
    const due = await judgeFactor(passage.visitor, "manage", settings);
    if (due !== undefined) return due;
    const { worker, name: current } = passage.visitor.session;
    const name = String(passage.req.params["name"]);
    if (name === current) return await leave(passage, settings);
    if (!(await settings.sessions.endNamed(worker, name))) return refuse("session-unknown");
    return await recordDone(passage, emptyAnswer(204), settings);
  });
}

/** `DELETE /sessions`: all but the one that asks. */
export function endOtherSessions(settings: Settings): RequestHandler {
  return workerEndpoint("end-sessions", settings, async (passage) => {
    const { session } = passage.visitor;
    const due = await judgeFactor(passage.visitor, "manage", settings);
    if (due !== undefined) return due;
    await settings.sessions.endAll(session.worker, "session-revoked", session);
    return await recordDone(passage, emptyAnswer(204), settings);
  });
}

/** `POST /sign-out`: ends the session and the host's log-in. */
export function signOut(settings: Settings): RequestHandler {
  return workerEndpoint("log-out", settings, (passage) => leave(passage, settings));
}

async function leave(passage: WorkerPassage, settings: Settings): Promise<undefined> {
  const { req, res, visitor } = passage;
  await settings.sessions.end(visitor.session);
  setCookie(res, settings.cookie.clear());
  await settings.signOut(req, res);
  await recordDone({ ...passage, action: "log-out" }, emptyAnswer(204), settings);
}
