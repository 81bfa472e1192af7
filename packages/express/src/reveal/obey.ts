import { GarimError, type Refuse } from "@garim/policy";
import type { Deed } from "../answer/access.ts";
import { type Answer, emptyAnswer, problemAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { type Passage, recordThenSend, refusePassage } from "../answer/passage.ts";
import type { Settings } from "../start/settings.ts";
import { answerTool } from "../tool/answer.ts";
import { judgeStanding } from "../visit/standing.ts";
import type { Worker } from "../visit/visitor.ts";
import { disclose } from "./disclose.ts";
import { errorProblem } from "./error-answer.ts";
import { type GuardedRoute, warnOnce } from "./guarded-route.ts";
import { sumMasked } from "./masked-header.ts";
import { narrowSearch } from "./narrow-search.ts";
import type { HandlerAnswer } from "./sealed-response.ts";

/**
 * Turns what the handler answered into what may leave: judged, recorded, sent.
 *
 * Each step returns the next one's promise instead of waiting for it: what it holds, the handler's value and its judged records, need not
 * live until the record is durable. A function that waits keeps all of it, and the garbage collector moves it about.
 *
 * @throws GarimError `ERR_GARIM_ANSWER_*`, `ERR_GARIM_RECORD_INVALID` where the handler or the rules of a schema did what cannot leave
 */
export async function obey(
  passage: Passage,
  route: GuardedRoute,
  given: HandlerAnswer,
  settings: Settings,
): Promise<void> {
  const { req, res, action, purpose } = passage;
  const status = res.statusCode;
  const done: Deed = { at: settings.clock(), action, outcome: "done", ...(purpose ? { purpose } : {}) };
  if (status >= 400) {
    const problem = errorProblem(status, tellable(given), languageOf(req));
    return release(passage, route, done, problemAnswer(problem), settings);
  }
  if (given.way === "empty" && status >= 200 && status < 300)
    return release(passage, route, done, emptyAnswer(status), settings);
  if (given.way !== "value" || status < 200 || status >= 300) throw undeclaredWay(passage, given, status);
  return discloseValue(passage, route, given.value, status, settings);
}

async function discloseValue(
  passage: Passage,
  route: GuardedRoute,
  value: unknown,
  status: number,
  settings: Settings,
): Promise<void> {
  checkUndeclared(passage, route, value, settings);
  if (passage.visitor.kind === "tool")
    return answerTool(passage, passage.visitor, route, { value, status }, settings);
  const at = settings.clock();
  const judge = (what: unknown): ReturnType<typeof disclose> =>
    disclose(what, route.writer, "view", passage.visitor as Worker, at, settings.policy);
  const whole = judge(value);
  const sought = (passage.search ?? []).filter(({ isPersonal }) => isPersonal);
  const result =
    whole.kind === "refuse" || sought.length === 0
      ? whole
      : judge(narrowSearch(value, route.shape, whole.found, whole.disclosed.records, sought));
  if (result.kind === "refuse") return refusePassage(passage, result, settings);
  const { bytes, disclosed } = result;
  const { action } = passage;
  const detail = { search: sought.map(({ path }) => path).join(" ") };
  const deed: Deed = {
    ...{ at, action, outcome: "disclosed", purpose: route.purpose, disclosed },
    ...(sought.length === 0 ? {} : { detail }),
  };
  const headers = sumMasked(result.found, disclosed, route);
  const answer = { status, contentType: "application/json; charset=utf-8", body: bytes, headers };
  return release(passage, route, deed, answer, settings);
}

/**
 * Records and sends, unless the session or an entry of the registers ended while the handler was at work, or the record: a slow answer
 * must not outlive the log-out, nor the basis it was given on.
 * What was answered is judged and written by then, so that the handler may go on with its objects.
 */
async function release(
  passage: Passage,
  { schemas }: GuardedRoute,
  deed: Deed,
  answer: Answer,
  settings: Settings,
): Promise<void> {
  const { visitor } = passage;
  const findEnd = async (): Promise<Refuse | undefined> =>
    visitor.kind === "worker" ? judgeStanding(visitor, schemas, settings) : undefined;
  const end = await findEnd();
  return end === undefined
    ? recordThenSend(passage, deed, answer, settings, findEnd)
    : refusePassage(passage, end, settings);
}

/** What the schema does not declare is never written; here it is said, so that nobody wonders where it went. */
function checkUndeclared(passage: Passage, route: GuardedRoute, value: unknown, settings: Settings): void {
  const fields = route.writer.undeclared(value, route.isStrict);
  if (fields.length === 0) return;
  if (route.isStrict)
    throw new GarimError(
      "ERR_GARIM_ANSWER_UNDECLARED",
      `${passage.route} answered with ${fields.join(", ")}, which its schema does not declare. Declare each as open() or pii.…(), or write reveal(…, { undeclared: "drop" })`,
    );
  warnOnce(passage, route, `undeclared fields were not written: ${fields.join(", ")}`, settings);
}

function tellable(given: HandlerAnswer): unknown {
  return given.way === "value" ? given.value : given.way === "text" ? given.text : undefined;
}

function undeclaredWay(passage: Passage, given: HandlerAnswer, status: number): GarimError {
  const way =
    given.way === "undeclared" ? `res.${given.method}()` : `a ${given.way} answer of status ${status}`;
  return new GarimError(
    "ERR_GARIM_ANSWER_WAY",
    `${passage.route} answered by ${way}; a guarded route answers with res.json(records)`,
  );
}
