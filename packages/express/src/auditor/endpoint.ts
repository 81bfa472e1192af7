import type { Asker, AuditorDesk } from "@garim/audit";
import { type AuditorIdentity, GarimError, isGarimError, refuse, type StepUpClass } from "@garim/policy";
import type { RequestHandler } from "express";
import { accessOf } from "../answer/access.ts";
import { problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { problemOfStatus } from "../answer/problem.ts";
import { type Outcome, type Purpose, type WorkerPassage, workerEndpoint } from "../privacy/worker.ts";
import { markEndpoint } from "../routes/route-mark.ts";
import { isAccountId } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor } from "../step-up/admission.ts";

/** What an endpoint for auditors is for, and how fresh their second factor has to be. */
interface AuditorPurpose extends Purpose {
  readonly stepUp: StepUpClass;
}

/** Where an auditor asks, and as whom. */
interface Place {
  readonly desk: AuditorDesk;
  readonly asker: Asker;
}

type Serve = (passage: WorkerPassage, place: Place) => Promise<Outcome>;

/** What cannot be asked is answered with 400, and is no deed: nothing is recorded of it. */
const UNREADABLE: ReadonlySet<string> = new Set(["ERR_GARIM_QUERY_INVALID", "ERR_GARIM_SUBJECT_INVALID"]);

/**
 * An endpoint of auditors with a second factor, and of nobody else. They ask at a desk that puts each question on record first, and
 * finds nothing but their seller's records where they are auditors of one.
 */
export function auditorEndpoint(purpose: AuditorPurpose, settings: Settings, serve: Serve): RequestHandler {
  const handle = workerEndpoint(purpose, settings, async (passage) => {
    const { visitor } = passage;
    if (visitor.identity.kind !== "auditor") return refuse("role-lacks-action", settings.policy.edition);
    const due = await judgeFactor(visitor, purpose.stepUp, settings);
    return due ?? (await serveAuditor(passage, openPlace(passage, visitor.identity, settings), serve));
  });
  return markEndpoint(handle);
}

async function serveAuditor(passage: WorkerPassage, place: Place, serve: Serve): Promise<Outcome> {
  try {
    return await serve(passage, place);
  } catch (error) {
    if (!isGarimError(error) || !UNREADABLE.has(error.code)) throw error;
    return refuseQuestion(passage, error);
  }
}

/** Says what is wrong with a question. Garim's messages name parameters, never values. */
export function refuseQuestion(
  { req, res }: WorkerPassage,
  { code, message }: GarimError,
  status: 400 | 404 = 400,
): undefined {
  const problem = { ...problemOfStatus(status, languageOf(req)), code, detail: message };
  sendAnswer(res, problemAnswer(problem));
}

/** Where an auditor asks the log, and as whom: it finds nothing but their seller's records where they are an auditor of one. */
export function openPlace(passage: WorkerPassage, identity: AuditorIdentity, settings: Settings): Place {
  const { log, clock, policy } = settings;
  const { action } = passage;
  const whole = accessOf(passage, { at: clock(), action, outcome: "done" }, policy);
  const { sellerId } = identity;
  const asker: Asker =
    sellerId === undefined ? whole : { ...whole, within: { sellerId: checkSeller(sellerId) } };
  return { desk: log.desk(asker), asker };
}

/** A seller nobody can have must not come to no limit at all. */
function checkSeller(sellerId: unknown): string {
  if (isAccountId(sellerId)) return sellerId;
  throw new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    `identify() gave an auditor a sellerId that is none (${typeof sellerId}); return it as a text of 1 to 256 characters, and leave it out for an auditor of the whole marketplace`,
  );
}
