import { type RequestHandler, Router } from "express";
import { ACCOUNT_DEEDS, type AccountDeed } from "../account-deeds.ts";
import { createErrors } from "../answer/errors.ts";
import type { DutyGround } from "../duties/ground.ts";
import { giveDocument } from "../openapi/endpoint.ts";
import { markOpen } from "../routes/route-mark.ts";
import type { Settings } from "../start/settings.ts";
import type { ToolGround } from "../tool/desk.ts";
import { listAccesses } from "./accesses.ts";
import { confirm, enrol } from "./enrolment.ts";
import { listFactors, makeRecoveryCodes, removeFactor, renameFactor } from "./factors.ts";
import { readJson } from "./json-body.ts";
import { tellMe } from "./me.ts";
import { listMyAccesses } from "./my-accesses.ts";
import { listMyLeaks } from "./my-leaks.ts";
import { listMyRequests, openRequest } from "./my-requests.ts";
import { describePrivacy } from "./openapi/openapi.ts";
import { staySignedIn, tellSession } from "./session.ts";
import { serveSessionScript } from "./session-script.ts";
import { endOtherSessions, endSession, listSessions, signOut } from "./sessions.ts";
import { administer, endStaffSessions, viewStaff } from "./staff.ts";
import { listStaff } from "./staff-list.ts";
import { challengePasskey, sendCode, stepUp } from "./step-up.ts";
import { endConnection, listConnections, narrowConnection } from "./tools.ts";

/** A passkey's answer holds keys and signatures, of at most some kilobytes. */
const LARGEST_ANSWER = "16kb";

/** The endpoints of session, second factors and staff, JSON in and out, for the host's own pages. */
export function createPrivacy(settings: Settings): Router {
  const router = Router();
  router.use(markOpen(pass, "the endpoints of session, second factors and staff hold no buyer's data"));
  router.get("/openapi.json", giveDocument(describePrivacy));
  addSession(router, settings);
  addFactors(router, settings);
  addStaff(router, settings);
  router.post("/accesses", readJson(), listAccesses(settings));
  router.get("/my-accesses", listMyAccesses(settings));
  if (settings.duties !== null) addRequests(router, settings.duties, settings);
  if (settings.tools !== null) addTools(router, settings.tools, settings);
  router.use(createErrors(settings));
  return router;
}

const pass: RequestHandler = (_req, _res, next) => next();

/** What buyers ask about their own data, and what they are answered. */
function addRequests(router: Router, ground: DutyGround, settings: Settings): void {
  router.get("/my-leaks", listMyLeaks(ground, settings));
  router.get("/my-requests", listMyRequests(ground, settings));
  router.post("/my-requests", readJson(LARGEST_ANSWER), openRequest(ground, settings));
}

/** Where people are logged in, and for how long. */
function addSession(router: Router, settings: Settings): void {
  const body = readJson();
  router.get("/me", tellMe(settings));
  router.get("/session", tellSession(settings));
  router.get("/session.js", serveSessionScript());
  router.post("/session", body, staySignedIn(settings));
  router.post("/sign-out", body, signOut(settings));
  router.get("/sessions", listSessions(settings));
  router.delete("/sessions", body, endOtherSessions(settings));
  router.delete("/sessions/:name", body, endSession(settings));
}

/** What people prove with, and that they do. */
function addFactors(router: Router, settings: Settings): void {
  const body = readJson();
  const answer = readJson(LARGEST_ANSWER);
  router.get("/factors", listFactors(settings));
  router.post("/factors/totp", body, enrol("totp", settings));
  router.post("/factors/totp/confirmation", body, confirm("totp", settings));
  router.post("/factors/passkey", body, enrol("passkey", settings));
  router.post("/factors/passkey/confirmation", answer, confirm("passkey", settings));
  router.post("/factors/recovery-codes", body, makeRecoveryCodes(settings));
  router.patch("/factors/:id", body, renameFactor(settings));
  router.delete("/factors/:id", body, removeFactor(settings));
  router.post("/step-up", answer, stepUp(settings));
  router.post("/step-up/passkey", body, challengePasskey(settings));
  router.post("/step-up/message", body, sendCode(settings));
}

/** What owners and operators do about others' accounts. */
function addStaff(router: Router, settings: Settings): void {
  const body = readJson();
  router.get("/staff", listStaff(settings));
  router.get("/staff/:staffId", viewStaff(settings));
  router.delete("/staff/:staffId/sessions", body, endStaffSessions(settings));
  router.delete("/staff/:staffId/sessions/:name", body, endStaffSessions(settings));
  for (const deed of Object.keys(ACCOUNT_DEEDS) as AccountDeed[])
    router.post(`/staff/:staffId/${deed}`, body, administer(deed, settings));
}

/** What owners do about the tools they connected. */
function addTools(router: Router, ground: ToolGround, settings: Settings): void {
  const body = readJson();
  router.get("/tools", listConnections(ground, settings));
  router.patch("/tools/:grantId", body, narrowConnection(ground, settings));
  router.delete("/tools/:grantId", body, endConnection(ground, settings));
}
