import { openReview, type ReviewDesk, type ReviewDone, writeReviewReport } from "@garim/audit";
import type { Refuse, StepUpClass } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { goneSignal } from "../answer/gone.ts";
import { languageOf } from "../answer/language.ts";
import { problemOfReason, statusOf } from "../answer/problem.ts";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { type Given, queryInvalid, readGiven, readWhole } from "./parameters.ts";

/** A step of the monthly check as it is asked over HTTP. */
interface Step {
  readonly own: readonly string[];
  /** What is only read asks for less than what is put down. */
  readonly stepUp: StepUpClass;
  readonly take: (
    desk: ReviewDesk,
    month: string,
    given: Given,
    passage: WorkerPassage,
  ) => Promise<undefined>;
}

/** Where a step is asked: `POST /review/begin`. */
export type ReviewPath = "begin" | "state" | "show" | "find" | "follow" | "sign" | "report";

const STEPS: Readonly<Record<ReviewPath, Step>> = {
  begin: {
    own: [],
    stepUp: "manage",
    take: async (desk, month, _, passage) => sendDone(passage, await desk.begin(month)),
  },
  state: {
    own: [],
    stepUp: "view",
    take: async (desk, month, _, { res }) => {
      const { state, record } = await desk.state(month);
      sendAnswer(res, { ...jsonAnswer(200, { state }), headers: { "Garim-Record": record.id } });
    },
  },
  show: { own: [], stepUp: "view", take: show },
  find: { own: ["what", "owner", "about"], stepUp: "manage", take: find },
  follow: { own: ["finding", "what", "closed"], stepUp: "manage", take: follow },
  sign: {
    own: [],
    stepUp: "manage",
    take: async (desk, month, _, passage) => sendDone(passage, await desk.sign(month)),
  },
  report: { own: [], stepUp: "download", take: report },
};

export const REVIEW_PATHS: readonly ReviewPath[] = Object.keys(STEPS) as ReviewPath[];

/**
 * `POST /review/…`: the monthly check of access records and downloads, step by step, as `garim review` and `openReview` do it. Who may
 * not take a step is refused on record.
 *
 * @source notice-2026-9/8-2
 */
export function reviewStep(path: ReviewPath, settings: Settings): RequestHandler {
  const { own, stepUp, take } = STEPS[path];
  return auditorEndpoint({ action: "review", stepUp }, settings, async (passage, { asker }) => {
    const given = readGiven(passage.req, `review/${path}`, ["month", ...own]);
    const { log, database, policy, clock } = settings;
    const signal = goneSignal(passage.res);
    const desk = openReview({ log, database, asker, policy, clock, signal });
    return take(desk, needed("month", given), given, passage);
  });
}

async function show(desk: ReviewDesk, month: string, _: Given, { res }: WorkerPassage): Promise<undefined> {
  const { account, state, isAsSigned, file, record } = await desk.show(month);
  const answer = jsonAnswer(200, { account, state, isAsSigned, file });
  sendAnswer(res, { ...answer, headers: { "Garim-Record": record.id } });
}

/** A page in Korean for print and for screens, which loads and runs nothing. */
async function report(desk: ReviewDesk, month: string, _: Given, { res }: WorkerPassage): Promise<undefined> {
  const shown = await desk.show(month);
  sendAnswer(res, {
    status: 200,
    contentType: "text/html; charset=utf-8",
    body: Buffer.from(writeReviewReport(shown)),
    headers: {
      "Garim-Record": shown.record.id,
      "Content-Disposition": `attachment; filename="review-${shown.account.month}.html"`,
      "X-Content-Type-Options": "nosniff",
    },
  });
}

async function find(
  desk: ReviewDesk,
  month: string,
  given: Given,
  passage: WorkerPassage,
): Promise<undefined> {
  const { about } = given;
  const place = about === undefined ? {} : { about: readWhole("about", about) };
  const finding = { what: needed("what", given), owner: needed("owner", given), ...place };
  return sendDone(passage, await desk.find(month, finding));
}

async function follow(
  desk: ReviewDesk,
  month: string,
  given: Given,
  { res }: WorkerPassage,
): Promise<undefined> {
  const { closed = "no" } = given;
  if (closed !== "yes" && closed !== "no") throw queryInvalid("closed must be yes or no");
  const finding = readWhole("finding", needed("finding", given));
  const record = await desk.follow(month, {
    finding,
    what: needed("what", given),
    isClosed: closed === "yes",
  });
  sendAnswer(res, { ...jsonAnswer(200, { record }), headers: { "Garim-Record": record.id } });
}

/** What was done, or why not: either is on record by now. */
function sendDone({ req, res }: WorkerPassage, { decision, record }: ReviewDone): undefined {
  const answer =
    decision.kind === "allow"
      ? jsonAnswer(200, { record })
      : problemAnswer(problemOf(decision, languageOf(req)));
  sendAnswer(res, { ...answer, headers: { ...answer.headers, "Garim-Record": record.id } });
}

function problemOf(
  { reason }: Refuse,
  language: ReturnType<typeof languageOf>,
): ReturnType<typeof problemOfReason> {
  return problemOfReason(reason, statusOf(reason), language);
}

function needed(name: string, given: Given): string {
  const value = given[name];
  if (value !== undefined) return value;
  throw queryInvalid(`${name} is missing; write it in the body`);
}
