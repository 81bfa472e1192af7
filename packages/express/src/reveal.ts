import { type AnswerShape, type AnswerWriter, compileAnswer } from "@garim/masking";
import { decideAction, decideStepUp, GarimError, type Refuse, refuse } from "@garim/policy";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import { type Deed, routeOf } from "./access.ts";
import { emptyAnswer, problemAnswer } from "./answer.ts";
import { type Disclosable, disclose } from "./disclose.ts";
import { errorProblem } from "./error-answer.ts";
import { languageOf } from "./language.ts";
import { type Passage, recordThenSend, refuseFault, refusePassage } from "./passage.ts";
import { markGuard } from "./route-mark.ts";
import { type HandlerAnswer, isSealed, sealResponse } from "./sealed-response.ts";
import { compileSearchCheck, type SearchCheck } from "./search.ts";
import type { Settings } from "./settings.ts";
import type { Visitor, Worker } from "./visitor.ts";

/** Says what of an answer is not clear (a list of RFC 9651), where its records do not. */
const MASKED_HEADER = "Garim-Masked";

/** How a route discloses. */
export interface RevealOptions {
  /** Why the sellers' side asks, for the record: a word of the host's own list, such as `fulfilment`. */
  readonly purpose: string;
  /** What to do with members the schema does not declare: they are never written. Default: `error` outside production. */
  readonly undeclared?: "error" | "drop";
  /** Headers the handler may set besides `Vary`, `Content-Language`, `Retry-After` and `Allow`; they must carry no data. */
  readonly headers?: readonly string[];
  /**
   * Where it is said what is not clear, and why: in each `record`, as its member `_masked`; or in one `header` of the answer,
   * `Garim-Masked`, for clients that take no further member. The header counts records, it does not number them. Default: `record`.
   */
  readonly masked?: "record" | "header";
}

/** A guarded route, resolved once. */
interface Route {
  readonly writer: AnswerWriter;
  readonly purpose: string;
  readonly headers: ReadonlySet<string>;
  readonly isStrict: boolean;
  readonly asksPersonal: SearchCheck;
  /** Whether a header says what is masked. */
  readonly isSummed: boolean;
  /** What was said of this route already: a diagnostic line per finding, not per request. */
  readonly said: Set<string>;
}

/**
 * Guards a route: the handler answers with `res.json(value)` as it always did; every record of it is judged, recorded and
 * written as the rules allow. Every other way to answer is refused.
 */
export function createReveal(
  settings: Settings,
): (shape: AnswerShape, options: RevealOptions) => RequestHandler {
  return (shape, options) => {
    const route = resolveRoute(shape, options, settings);
    return markGuard(async function garimReveal(
      req: Request,
      res: Response,
      next: NextFunction,
    ): Promise<void> {
      const visitor = await settings.visitors.of(req, res);
      const passage: Passage = {
        req,
        res,
        visitor,
        route: routeOf(req),
        action: "view",
        purpose: route.purpose,
      };
      sealPassage(passage, route, settings);
      try {
        const refusal = (await judge(visitor, settings)) ?? judgeQuestion(req, route, settings);
        if (refusal === undefined) next();
        else await refusePassage(passage, refusal, settings);
      } catch (error) {
        await refuseFault(passage, error, settings);
      }
    });
  };
}

function resolveRoute(shape: AnswerShape, options: RevealOptions, settings: Settings): Route {
  if (typeof options?.purpose !== "string" || options.purpose === "")
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      'reveal() needs a purpose: reveal(shape, { purpose: "fulfilment" })',
    );
  const isSummed = readMasked(options) === "header";
  return {
    writer: compileAnswer(shape, { masked: isSummed ? "none" : "record" }),
    purpose: options.purpose,
    headers: new Set(options.headers?.map((name) => name.toLowerCase())),
    isStrict: (options.undeclared ?? (settings.isProduction ? "drop" : "error")) === "error",
    asksPersonal: compileSearchCheck(shape),
    isSummed,
    said: new Set(),
  };
}

function readMasked({ masked = "record" }: RevealOptions): "record" | "header" {
  if (masked === "record" || masked === "header") return masked;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    'reveal() takes masked: "record" or "header"; leave it out for "record"',
  );
}

/** Whether the visitor may see anything at all here; nothing stands in the way when undefined. */
async function judge(visitor: Visitor, settings: Settings): Promise<Refuse | undefined> {
  if (visitor.kind === "unknown") throw visitor.error;
  if (visitor.kind === "anonymous") return refuse(visitor.reason);
  if (visitor.kind === "buyer") return refuse("role-lacks-action");
  const { policy, clock } = settings;
  const secondFactorAt = visitor.session.secondFactor?.at ?? null;
  const due = decideStepUp({ secondFactorAt }, "view", clock(), policy);
  if (due.kind === "refuse") return await orUnenrolled(due, visitor, settings);
  return decideRole(visitor, settings);
}

/** What may be masked must not be found by what it was. */
function judgeQuestion(req: Request, route: Route, { policy }: Settings): Refuse | undefined {
  return route.asksPersonal(req) ? refuse("search-personal", policy.edition) : undefined;
}

/** Who has no second factor yet is sent to enrolment, never through. */
async function orUnenrolled(due: Refuse, { identity }: Worker, settings: Settings): Promise<Refuse> {
  return (await settings.totp.isEnrolled(identity)) ? due : refuse("second-factor-unenrolled");
}

/** Staff need a role that views; operators help under the same matrix; auditors read the log, not the orders. */
function decideRole({ identity }: Worker, { policy }: Settings): Refuse | undefined {
  if (identity.kind === "operator") return undefined;
  if (identity.kind === "auditor") return refuse("role-lacks-action");
  const decision = decideAction(identity.roles, "view", policy);
  return decision.kind === "refuse" ? decision : undefined;
}

function sealPassage(passage: Passage, route: Route, settings: Settings): void {
  const { res } = passage;
  if (isSealed(res)) throw twice(passage);
  sealResponse(res, {
    headers: route.headers,
    onAnswer: (given) => {
      obey(passage, route, given, settings)
        .catch((error) => refuseFault(passage, error, settings))
        // Nothing is left to answer with; whatever it was must not end the process.
        .catch(() => res.destroy());
    },
    onDropped: (header) =>
      warnOnce(passage, route, `header ${header} not sent; name it in reveal(…, { headers })`, settings),
  });
}

/** Turns what the handler answered into what may leave. */
async function obey(passage: Passage, route: Route, given: HandlerAnswer, settings: Settings): Promise<void> {
  const { req, res, action, purpose } = passage;
  const status = res.statusCode;
  const done: Deed = { at: settings.clock(), action, outcome: "done", ...(purpose ? { purpose } : {}) };
  if (status >= 400) {
    const problem = errorProblem(status, tellable(given), languageOf(req));
    return await recordThenSend(passage, done, problemAnswer(problem), settings);
  }
  if (given.way === "empty" && status >= 200 && status < 300)
    return await recordThenSend(passage, done, emptyAnswer(status), settings);
  if (given.way !== "value" || status < 200 || status >= 300) throw undeclaredWay(passage, given, status);
  await discloseValue(passage, route, given.value, status, settings);
}

async function discloseValue(
  passage: Passage,
  route: Route,
  value: unknown,
  status: number,
  settings: Settings,
): Promise<void> {
  checkUndeclared(passage, route, value, settings);
  const at = settings.clock();
  const result = disclose(value, route.writer, "view", passage.visitor as Worker, at, settings.policy);
  if (result.kind === "refuse") return await refusePassage(passage, result, settings);
  const { bytes, disclosed } = result;
  const deed: Deed = { at, action: passage.action, outcome: "disclosed", purpose: route.purpose, disclosed };
  const headers = route.isSummed ? sumMasked(result, route) : {};
  const answer = { status, contentType: "application/json; charset=utf-8", body: bytes, headers };
  await recordThenSend(passage, deed, answer, settings);
}

/** The header of an answer whose records do not say themselves what of them is masked; none where nothing is. */
function sumMasked({ found, disclosed }: Disclosable, { writer }: Route): Readonly<Record<string, string>> {
  const disclosures = disclosed.records.map(({ disclosure }) => disclosure);
  const summary = writer.maskedSummary(found, disclosures);
  return summary === "" ? {} : { [MASKED_HEADER]: summary };
}

/** What the schema does not declare is never written; here it is said, so that nobody wonders where it went. */
function checkUndeclared(passage: Passage, route: Route, value: unknown, settings: Settings): void {
  const fields = route.writer.undeclared(value, route.isStrict);
  if (fields.length === 0) return;
  if (route.isStrict)
    throw new GarimError(
      "ERR_GARIM_ANSWER_UNDECLARED",
      `${passage.route} answered with ${fields.join(", ")}, which its schema does not declare. Declare each as open() or pii.…(), or write reveal(…, { undeclared: "drop" })`,
    );
  warnOnce(passage, route, `undeclared fields were not written: ${fields.join(", ")}`, settings);
}

const MOST_WARNINGS = 100;

/** Warns of a finding the first time it is made on a route. */
function warnOnce(passage: Passage, route: Route, finding: string, settings: Settings): void {
  if (route.said.has(finding) || route.said.size >= MOST_WARNINGS) return;
  route.said.add(finding);
  settings.logger.warn({ route: passage.route }, `garim: ${finding}`);
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

function twice(passage: Passage): GarimError {
  return new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    `${passage.route} has two guards; leave one garim.reveal() on it`,
  );
}
