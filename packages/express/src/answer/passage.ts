import type { AccessAction, Actor, Receipt } from "@garim/audit";
import { isGarimError, type Reason, type Refuse, type StepUpClass } from "@garim/policy";
import type { Response } from "express";
import { describeError } from "../logger.ts";
import type { SearchTerm } from "../reveal/search-term.ts";
import type { Settings } from "../start/settings.ts";
import { challengeHeader, challengeOf, type StepUpChallenge, stepUpOf } from "../step-up/challenge.ts";
import { pageOf, redirectOf } from "../step-up/pages.ts";
import { type ToolPassage, toolHeaders, toolRefusal } from "../tool/refusal.ts";
import { accessOf, addressOf, type Deed, type Recorded } from "./access.ts";
import { type Answer, emptyAnswer, problemAnswer, sendAnswer } from "./answer.ts";
import { languageOf } from "./language.ts";
import { isLogOutage, isOutage, RETRY_AFTER } from "./outage.ts";
import { type Problem, problemOfReason, statusOf } from "./problem.ts";

/** One guarded request: who asks, on which route, and what for. */
export interface Passage extends Recorded {
  readonly res: Response;
  readonly action: AccessAction;
  /** How fresh a second factor has to be; left out, as `action` asks. */
  readonly stepUp?: StepUpClass;
  /** Whether a download is so large, or of unknown size, that it takes a younger proof. */
  readonly isBulk?: boolean;
  readonly purpose?: string;
  /** Whose account it is about, where that is somebody else's. */
  readonly target?: Actor;
  /** What it searches by, where the route declares that. */
  readonly search?: readonly SearchTerm[];
  /** Where the request is a tool's. */
  readonly tool?: ToolPassage;
  /** What a tool without a token is told, where the route is open to tools. */
  readonly toolChallenge?: string;
}

/** A record that took so long, milliseconds, is followed by another look at whether the answer may still leave. */
const LONG_MS = 100;

/** Tells whether an answer took so long to record that what it was judged by may have ended. */
export function tookLong(begunAt: number): boolean {
  return performance.now() - begunAt > LONG_MS;
}

/**
 * Records a deed, then sends its answer: never the other way round. When the log or the state is out, 503 is sent instead.
 *
 * @param findEnd - asked once more where the record took long: a slow log must not let an answer outlive what it was given for
 * @throws GarimError `ERR_GARIM_RECORD_INVALID` where the host's rules gave what cannot be recorded; nothing is sent then
 */
export async function recordThenSend(
  passage: Passage,
  deed: Deed,
  answer: Answer,
  settings: Settings,
  findEnd: () => Promise<Refuse | undefined> = neverEnds,
): Promise<void> {
  const recording = settings.log.append(accessOf(passage, deed, settings.policy));
  // Another function: this one would keep the deed, with all its judged records, until the log has it.
  return sendRecorded(passage, recording, answer, settings, findEnd);
}

async function sendRecorded(
  passage: Passage,
  recording: Promise<Receipt>,
  answer: Answer,
  settings: Settings,
  findEnd: () => Promise<Refuse | undefined>,
): Promise<void> {
  const begunAt = performance.now();
  await sendUnlessOut(passage, settings, async () => {
    const { id } = await recording;
    const end = tookLong(begunAt) ? await findEnd() : undefined;
    if (end !== undefined) return await refusePassage(passage, end, settings);
    sendAnswer(passage.res, {
      ...answer,
      headers: { ...answer.headers, ...toolHeaders(passage.tool), "Garim-Record": id },
    });
  });
}

const neverEnds = async (): Promise<undefined> => undefined;

/** Runs what records and then sends; where the log or the state is out meanwhile, 503 is sent instead. */
export async function sendUnlessOut(
  passage: Passage,
  settings: Settings,
  recordAndSend: () => Promise<void>,
): Promise<void> {
  try {
    await recordAndSend();
  } catch (error) {
    if (!isOutage(error)) throw error;
    refuseUnrecorded(passage, error, settings);
  }
}

/** Refuses, on record. Refusals of people who are nobody here are summed, so that they cannot flood the log. */
export async function refusePassage(passage: Passage, refusal: Refuse, settings: Settings): Promise<void> {
  const { req, visitor, action, purpose, target } = passage;
  const { reason } = refusal;
  const answer = refusalAnswer(passage, reason, settings);
  if (visitor.kind !== "worker" && visitor.kind !== "tool") {
    settings.log.countRefusal({ ip: addressOf(req), route: passage.route, reason });
    sendAnswer(passage.res, answer);
    return;
  }
  const deed: Deed = {
    at: settings.clock(),
    action,
    outcome: "refused",
    reason,
    ...(purpose ? { purpose } : {}),
    ...(target ? { target } : {}),
  };
  await recordThenSend(passage, deed, answer, settings);
}

/** Answers a fault: 503 where a port is out, 500 where the host's code answered in a way no schema covers. */
export async function refuseFault(passage: Passage, error: unknown, settings: Settings): Promise<void> {
  // Who cannot be told may not be told anything.
  if (isOutage(error) || passage.visitor.kind === "unknown")
    return refuseUnrecorded(passage, error, settings);
  settings.logger.error(
    { route: passage.route, ...describeError(error), ...helpOf(error) },
    "garim: answer refused",
  );
  const { req, action, tool } = passage;
  const deed: Deed = { at: settings.clock(), action, outcome: "refused", reason: "answer-refused" };
  const trace = tool === undefined ? {} : { trace: tool.trace };
  const problem = { ...problemOfReason("answer-refused", 500, languageOf(req)), ...trace };
  const answer = problemAnswer(settings.isProduction ? problem : { ...problem, ...helpOf(error) });
  await recordThenSend(passage, deed, answer, settings).catch((again) =>
    refuseUnrecorded(passage, again, settings),
  );
}

/** Nothing can be recorded, so nothing is told but that. The log counts what it could not take; the rest is counted here. */
function refuseUnrecorded(passage: Passage, error: unknown, settings: Settings): void {
  const { req, res, route } = passage;
  settings.logger.error({ route, ...describeError(error) }, "garim: unavailable, nothing released");
  settings.telemetry.unavailable(error);
  if (!isLogOutage(error)) settings.log.countRefusal({ ip: addressOf(req), route, reason: "unavailable" });
  sendAnswer(res, refusalAnswer(passage, "unavailable", settings));
}

/** A person's page goes where the refusal is lifted; a program reads why, and what would do (RFC 9470). */
function refusalAnswer(
  { req, action, stepUp, isBulk, tool, toolChallenge }: Passage,
  reason: Reason,
  { pages, policy }: Settings,
): Answer {
  if (tool !== undefined) return toolRefusal(req, reason, tool);
  const wanted = stepUp ?? stepUpOf(action);
  const location = redirectOf(req, reason, wanted, pages);
  if (location !== undefined) return { ...emptyAnswer(303), headers: { Location: location } };
  const rules = isBulk === true ? { ...policy, downloadFreshMinutes: policy.bulkFreshMinutes } : policy;
  const challenge = challengeOf(reason, wanted, rules);
  const page = pageOf(reason, pages);
  const problem: Problem = {
    ...problemOfReason(reason, statusOf(reason), languageOf(req)),
    ...challenge,
    ...(page === undefined ? {} : { page }),
  };
  return problemAnswer(problem, {
    ...(problem.status === 503 ? { "Retry-After": RETRY_AFTER } : {}),
    ...authenticateOf(problem.status, challenge, toolChallenge),
  });
}

function authenticateOf(
  status: number,
  challenge: StepUpChallenge | undefined,
  toolChallenge: string | undefined,
): Readonly<Record<string, string>> {
  if (challenge !== undefined) return { "WWW-Authenticate": challengeHeader(challenge) };
  return status === 401 && toolChallenge !== undefined ? { "WWW-Authenticate": toolChallenge } : {};
}

/** Garim's own messages name schemas and fields, never data: outside production they go to the engineer. */
function helpOf(error: unknown): { readonly help?: string; readonly code?: string } {
  return isGarimError(error) ? { code: error.code, help: error.message } : {};
}
