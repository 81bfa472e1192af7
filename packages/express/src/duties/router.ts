import { GarimError } from "@garim/policy";
import { Router } from "express";
import { createErrors } from "../answer/errors.ts";
import { giveDocument } from "../openapi/endpoint.ts";
import { readJson } from "../privacy/json-body.ts";
import type { Settings } from "../start/settings.ts";
import {
  endAgreement,
  endContract,
  listAgreements,
  listContracts,
  putAgreement,
  putContract,
} from "./contracts.ts";
import { listHolds, placeHold, releaseHold } from "./data-holds.ts";
import {
  callTools,
  confirmDestruction,
  listDestructions,
  listDue,
  runDestruction,
  tellDestruction,
  tellLedger,
  tellProofs,
} from "./destructions.ts";
import {
  completeFor,
  completeOwn,
  endCourse,
  listCourses,
  listEducation,
  putCourse,
  tellOwnEducation,
} from "./education.ts";
import {
  approveElevation,
  askElevation,
  endElevation,
  endOwnElevation,
  listElevations,
  tellOwnElevation,
} from "./elevations.ts";
import { endFlow, listFlows, putFlow } from "./flows.ts";
import type { DutyGround } from "./ground.ts";
import { listHeld } from "./held-texts.ts";
import { gatherRecipients, openFoundLeak } from "./leak-scope.ts";
import {
  changeLeak,
  checkLeak,
  closeLeak,
  finishStep,
  listLeaks,
  openLeak,
  postLeak,
  sendLeakNotice,
  takeLeakDown,
  tellLeak,
  writeLeakNotice,
} from "./leaks.ts";
import { describeDuties } from "./openapi/openapi.ts";
import { tellPlan } from "./plan.ts";
import { publishPrivacyPolicy, tellPrivacyPolicy } from "./privacy-policies.ts";
import { answerRequest, listRequests, viewRequest } from "./requests.ts";
import { reportStaffRights } from "./rights.ts";
import { endSchedule, listSchedules, putSchedule } from "./schedules.ts";
import { answerSelfCheck, printSelfCheck, tellSelfCheck } from "./self-check.ts";
import { listToolDebts, listToolReceipts } from "./tool-debts.ts";
import { listWaiting } from "./waiting.ts";

/** Nine items of a thousand characters, and a course's text. */
const LARGEST_ENTRY = "128kb";
/** Twelve sections of twenty thousand characters. */
const LARGEST_POLICY = "1mb";

/** The endpoints of the registers, JSON in and out, for owners, operators and auditors with a second factor. */
export function createDuties(ground: DutyGround, settings: Settings): Router {
  const router = Router();
  const entry = readJson(LARGEST_ENTRY);
  router.get("/openapi.json", giveDocument(describeDuties));
  router.get("/flows", listFlows(ground, settings));
  router.put("/flows", entry, putFlow(ground, settings));
  router.delete("/flows", entry, endFlow(ground, settings));
  addContracts(router, ground, settings);
  router.get("/courses", listCourses(ground, settings));
  router.put("/courses/:id", entry, putCourse(ground, settings));
  router.delete("/courses/:id", entry, endCourse(ground, settings));
  router.get("/education", listEducation(ground, settings));
  router.post("/education", entry, completeFor(ground, settings));
  router.get("/education/mine", tellOwnEducation(ground, settings));
  router.post("/education/mine/:courseId", entry, completeOwn(ground, settings));
  router.get("/privacy-policy", tellPrivacyPolicy(ground, settings));
  router.put("/privacy-policy", readJson(LARGEST_POLICY), publishPrivacyPolicy(ground, settings));
  router.get("/schedules", listSchedules(ground, settings));
  router.put("/schedules/:recordType", entry, putSchedule(ground, settings));
  router.delete("/schedules/:recordType", entry, endSchedule(ground, settings));
  router.get("/due", listDue(ground, settings));
  router.get("/destructions", listDestructions(ground, settings));
  router.post("/destructions", entry, runDestruction(ground, settings));
  router.get("/destructions/ledger", tellLedger(ground, settings));
  router.get("/destructions/:id", tellDestruction(ground, settings));
  router.post("/destructions/:id/confirmation", entry, confirmDestruction(ground, settings));
  router.post("/tool-calls", entry, callTools(ground, settings));
  router.get("/proofs", tellProofs(ground, settings));
  router.get("/data-holds", listHolds(ground, settings));
  router.post("/data-holds", entry, placeHold(ground, settings));
  router.delete("/data-holds/:id", entry, releaseHold(ground, settings));
  addLeaks(router, ground, settings);
  router.get("/waiting", listWaiting(ground, settings));
  router.get("/plan", tellPlan(ground, settings));
  addRights(router, ground, settings);
  router.use(createErrors(settings));
  return router;
}

/** What was signed with sellers' tools, and what they owe. */
function addContracts(router: Router, ground: DutyGround, settings: Settings): void {
  const entry = readJson(LARGEST_ENTRY);
  router.get("/agreements", listAgreements(ground, settings));
  router.put("/agreements/:toolId", entry, putAgreement(ground, settings));
  router.delete("/agreements/:toolId", entry, endAgreement(ground, settings));
  router.get("/contracts", listContracts(ground, settings));
  router.put("/contracts", entry, putContract(ground, settings));
  router.delete("/contracts", entry, endContract(ground, settings));
  router.get("/tool-debts", listToolDebts(ground, settings));
  router.get("/tool-receipts", listToolReceipts(ground, settings));
}

/** What staff may, for how long, and whether they use it; what buyers ask, and are answered. */
function addRights(router: Router, ground: DutyGround, settings: Settings): void {
  const body = readJson();
  router.get("/elevations", listElevations(ground, settings));
  router.get("/my-elevation", tellOwnElevation(ground, settings));
  router.post("/my-elevation", body, askElevation(ground, settings));
  router.delete("/my-elevation", body, endOwnElevation(ground, settings));
  router.post("/elevations/:staffId/approval", body, approveElevation(ground, settings));
  router.delete("/elevations/:staffId", body, endElevation(ground, settings));
  router.get("/rights", reportStaffRights(ground, settings));
  router.get("/held-texts", listHeld(ground, settings));
  router.get("/self-check", tellSelfCheck(ground, settings));
  router.get("/self-check/page", printSelfCheck(ground, settings));
  router.put("/self-check/:question", body, answerSelfCheck(ground, settings));
  router.get("/requests", listRequests(ground, settings));
  router.get("/requests/:id", viewRequest(ground, settings));
  router.post("/requests/:id/answer", readJson(LARGEST_ENTRY), answerRequest(ground, settings));
}

/** The breach desk. */
function addLeaks(router: Router, ground: DutyGround, settings: Settings): void {
  const entry = readJson(LARGEST_ENTRY);
  router.get("/leaks", listLeaks(ground, settings));
  router.post("/leaks", entry, openLeak(ground, settings));
  router.post("/leaks/from-scope", entry, openFoundLeak(ground, settings));
  router.post("/leaks/:id/recipients", entry, gatherRecipients(ground, settings));
  router.get("/leaks/:id", tellLeak(ground, settings));
  router.patch("/leaks/:id", entry, changeLeak(ground, settings));
  router.post("/leaks/:id/steps", entry, finishStep(ground, settings));
  router.post("/leaks/:id/checks", entry, checkLeak(ground, settings));
  router.post("/leaks/:id/notices", entry, writeLeakNotice(ground, settings));
  router.post("/leaks/:id/notices/:no/sending", entry, sendLeakNotice(ground, settings));
  router.post("/leaks/:id/post", entry, postLeak(ground, settings));
  router.delete("/leaks/:id/post", entry, takeLeakDown(ground, settings));
  router.post("/leaks/:id/closing", entry, closeLeak(ground, settings));
}

/** @throws GarimError `ERR_GARIM_DEPLOYMENT` where the host keeps no registers */
export function requireDuties({ duties }: { readonly duties: DutyGround | null }): DutyGround {
  if (duties !== null) return duties;
  throw new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    "createGarim was not told to keep the registers; write createGarim({ …, duties: {} })",
  );
}
