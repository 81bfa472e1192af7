import { type AccessLog, createAccessLog } from "@garim/audit";
import { createSessions, createTotp, postgresState, type Session } from "@garim/auth";
import type { AnswerShape } from "@garim/masking";
import { GarimError, isGarimError, type Reason, resolvePolicy, type WorkerIdentity } from "@garim/policy";
import type { Application, ErrorRequestHandler, Request, RequestHandler, Router } from "express";
import { pino } from "pino";
import { accessOf, type Deed } from "./access.ts";
import { sessionCookie } from "./cookie.ts";
import type { Database } from "./database.ts";
import { createErrors } from "./errors.ts";
import { describeError } from "./logger.ts";
import { checkOptions, type GarimOptions } from "./options.ts";
import { createRecords } from "./records.ts";
import { createReveal, type RevealOptions } from "./reveal.ts";
import { markOpen } from "./route-mark.ts";
import { listRoutes, type RouteReport } from "./routes.ts";
import { createSecondFactor } from "./second-factor.ts";
import { createSession } from "./session.ts";
import type { Settings } from "./settings.ts";
import { createVisitors } from "./visitor.ts";

/** Garim on an Express app. */
export interface Garim {
  /** `app.use(garim.session())` behind the host's own log-in: keeps and ends Garim's session beside it. */
  session(): RequestHandler;
  /** Guards a route whose answers hold buyers' data. */
  reveal(shape: AnswerShape, options: RevealOptions): RequestHandler;
  /** First handler of a route that gives the sellers' side no buyer's data; says why. */
  unguarded(why: string): RequestHandler;
  /** `app.use("/privacy", garim.secondFactor())`: endpoints of session and second factor for the host's pages. */
  secondFactor(): Router;
  /** Who saw whom, for auditors. */
  records(): RequestHandler;
  /** The last error handler: problems without the error's text. */
  errors(): ErrorRequestHandler;
  /** Lists the app's routes; `strict` refuses an app with an unguarded one. */
  routes(app: Application, options?: { readonly strict?: boolean }): readonly RouteReport[];
  /** The access log, to ask it in a job. */
  readonly log: AccessLog;
  /** Finishes what is being recorded. The database stays the host's to close. */
  close(): Promise<void>;
}

/**
 * Starts Garim: checks the options, migrates its tables and opens the log.
 *
 * @throws GarimError (rejects) `ERR_GARIM_OPTION_*`, `ERR_GARIM_POLICY_*`, `ERR_GARIM_EDITION_UNKNOWN`, `ERR_GARIM_DEPLOYMENT`,
 *   `ERR_GARIM_DATABASE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createGarim(options: GarimOptions): Promise<Garim> {
  const isProduction = process.env["NODE_ENV"] === "production";
  checkOptions(options, isProduction);
  const settings = await openSettings(options, isProduction);
  return {
    log: settings.log,
    session: () => createSession(settings),
    reveal: createReveal(settings),
    unguarded: (why) => markOpen((_req, _res, next) => next(), why),
    secondFactor: () => createSecondFactor(settings),
    records: () => createRecords(settings),
    errors: () => createErrors(settings),
    routes: listRoutes,
    close: () => settings.log.close(),
  };
}

async function openSettings(options: GarimOptions, isProduction: boolean): Promise<Settings> {
  const { clock = Date.now, identify, isBackground = () => false, issuer = "Garim" } = options;
  const logger = options.logger ?? pino({ name: "garim" });
  const policy = resolvePolicy(options.policy);
  const database = await reach(options.database);
  const log = await createAccessLog({
    database,
    keys: options.keys.subjects,
    clock,
    production: isProduction,
    onFault: (error) => logger.error(describeError(error), "garim: the access log is not available"),
  });
  const state = await postgresState(database, { clock });
  const cookie = sessionCookie(options.insecureCookie === true);
  /** A session of its own end is recorded where it is noticed; nothing waits for it. */
  const onEnd = (session: Session, reason: Reason | "log-out"): void => {
    if (reason !== "log-out")
      void recordEnd(session, reason).catch((error) =>
        logger.error(describeError(error), "garim: a session's end is not on record"),
      );
  };
  const sessions = createSessions({ state, policy, clock, onEnd });
  const totp = createTotp({ state, keys: options.keys.secrets, policy, issuer, clock });
  const onOpen = async (req: Request, identity: WorkerIdentity, session: Session): Promise<void> => {
    const deed: Deed = { at: clock(), action: "log-in", outcome: "done" };
    await log.append(accessOf(req, { kind: "worker", identity, session }, deed, policy));
  };
  const visitors = createVisitors({ identify, isBackground, sessions, cookie, onOpen });
  const signOut: Settings["signOut"] = async (req, res) => {
    await options.signOut?.(req, res);
  };
  return { policy, log, sessions, totp, visitors, cookie, clock, logger, isProduction, signOut };
}

/** Waits for the database and asks it once, so that a wrong address is a readable error at start. */
async function reach(given: Database | Promise<Database>): Promise<Database> {
  try {
    const database = await given;
    await database.query("select 1");
    return database;
  } catch (cause) {
    if (isGarimError(cause)) throw cause;
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      "The database does not answer; check its address, name and password, and that it is PostgreSQL 15 or newer",
      cause,
    );
  }
}
