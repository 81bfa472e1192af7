import { type Request, type RequestHandler, Router } from "express";
import { createErrors } from "../answer/errors.ts";
import { readJson } from "../privacy/json-body.ts";
import type { Settings } from "../start/settings.ts";
import { askVerb } from "./ask.ts";
import { drawCharts } from "./charts.ts";
import { auditorEndpoint, refuseQuestion } from "./endpoint.ts";
import { giveEvidence } from "./evidence.ts";
import { exportRecords } from "./exports.ts";
import { reportImpact } from "./observed.ts";
import { giveOpenapi } from "./openapi/openapi.ts";
import { describeUnknown, queryInvalid } from "./parameters.ts";
import { proveOne, showOne } from "./record.ts";
import { REVIEW_PATHS, reviewStep } from "./review.ts";
import { findScope } from "./scope.ts";
import { tellStatus } from "./status.ts";
import { resolveSubject } from "./subjects.ts";
import { VERB_PATHS } from "./verbs.ts";
import { tellWords } from "./words.ts";

/** A thousand candidates. */
const LARGEST_RESOLUTION = "512kb";

const REVIEWS: readonly string[] = REVIEW_PATHS.map((path) => `review/${path}`);
const POSTED: readonly string[] = [
  "charts",
  "record",
  "proof",
  "exports",
  "resolve-subject",
  "scope",
  ...REVIEWS,
  "evidence",
  "observed",
];
const READ: readonly string[] = ["status", "words", "openapi.json"];
/** The seven contents of a notice, as people write them. */
const LARGEST_SCOPE = "64kb";

/** The verbs of the access log for auditors' pages: JSON in and out, files by `POST`. */
export function createAuditor(settings: Settings): Router {
  const router = Router();
  const body = readJson();
  for (const path of VERB_PATHS) {
    const ask = askVerb(path, settings);
    router.get(`/${path}`, ask);
    router.post(`/${path}`, body, ask);
  }
  router.get("/status", tellStatus(settings));
  router.get("/words", tellWords(settings));
  router.get("/openapi.json", giveOpenapi(settings));
  router.post("/charts", body, drawCharts(settings));
  router.post("/record", body, showOne(settings));
  router.post("/proof", body, proveOne(settings));
  router.post("/exports", body, exportRecords(settings));
  router.post("/resolve-subject", readJson(LARGEST_RESOLUTION), resolveSubject(settings));
  router.post("/scope", readJson(LARGEST_SCOPE), findScope(settings));
  for (const path of REVIEW_PATHS) router.post(`/review/${path}`, body, reviewStep(path, settings));
  router.post("/evidence", body, giveEvidence(settings));
  router.post("/observed", body, reportImpact(settings));
  router.use(refuseUnknown(settings));
  router.use(createErrors(settings));
  return router;
}

/** Nobody but an auditor learns which verbs there are, and that they tried is on record. */
function refuseUnknown(settings: Settings): RequestHandler {
  return auditorEndpoint({ action: "log-query", stepUp: "view" }, settings, async (passage) =>
    refuseQuestion(passage, queryInvalid(describeVerb(passage.req)), 404),
  );
}

function describeVerb({ path }: Request): string {
  const name = path.slice(1);
  if (POSTED.includes(name)) return `${name} is asked by POST, with everything in a JSON body`;
  if (VERB_PATHS.some((one) => one === name)) return `${name} is asked by GET or POST`;
  if (READ.includes(name)) return `${name} is asked by GET`;
  return describeUnknown("The log", name, [...VERB_PATHS, ...READ, ...POSTED]);
}
