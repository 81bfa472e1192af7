import type { AccessLog } from "@garim/audit";
import type { AnswerShape } from "@garim/masking";
import type { Application, ErrorRequestHandler, RequestHandler, Router } from "express";
import { createErrors } from "./errors.ts";
import type { RevealOptions } from "./guarded-route.ts";
import { checkOptions, type GarimOptions } from "./options.ts";
import { createRecords } from "./records.ts";
import { createReveal } from "./reveal.ts";
import { markOpen } from "./route-mark.ts";
import { listRoutes, type RouteReport } from "./routes.ts";
import { createSecondFactor } from "./second-factor.ts";
import { createSession } from "./session.ts";
import { openSettings } from "./settings.ts";

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
