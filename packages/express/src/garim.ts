import type { AccessLog } from "@garim/audit";
import type { AnswerShape, RecordSchema } from "@garim/masking";
import type { StepUpClass } from "@garim/policy";
import type { Application, ErrorRequestHandler, Request, RequestHandler, Router } from "express";
import { createErrors } from "./answer/errors.ts";
import { askVerb } from "./auditor/ask.ts";
import { createAuditor } from "./auditor/router.ts";
import { createDownload } from "./download/download.ts";
import type { DownloadOptions } from "./download/options.ts";
import { createDownloadRouter } from "./download/router.ts";
import type { DutyDesk } from "./duties/ground.ts";
import { createPublished } from "./duties/published.ts";
import { createDuties, requireDuties } from "./duties/router.ts";
import { createHealth } from "./health/router.ts";
import { createPrivacy } from "./privacy/router.ts";
import { type BlindIndex, createBlindIndex } from "./reveal/blind-index.ts";
import type { RevealOptions } from "./reveal/guarded-route.ts";
import { createReveal } from "./reveal/reveal.ts";
import { markOpen, markOwnOpen } from "./routes/route-mark.ts";
import { listRoutes, type RouteReport } from "./routes/routes.ts";
import { type ClosableServer, type CloseOptions, closeServer } from "./shutdown/close-server.ts";
import { createStaff, type Staff } from "./staff.ts";
import type { GarimOptions } from "./start/options.ts";
import { checkOptions } from "./start/options-check.ts";
import { openSettings } from "./start/settings.ts";
import { createStepUp } from "./step-up/step-up.ts";
import { createMetrics, type MetricsOptions } from "./telemetry/handler.ts";
import type { PostsOptions, ReplyOptions } from "./text/options.ts";
import { createPosts } from "./text/posts.ts";
import { createReply } from "./text/reply.ts";
import { createBulk } from "./tool/bulk/bulk.ts";
import type { BulkOptions } from "./tool/bulk/options.ts";
import { requireTools, type ToolDesk } from "./tool/desk.ts";
import { createReceipts, type ReceiptOptions } from "./tool/receipts.ts";
import { keepGround } from "./tool/server-ground.ts";
import { tellFailedLogIn } from "./visit/log-in-failed.ts";
import { refuseBlindTrust } from "./visit/proxy-check.ts";
import { createSession } from "./visit/session.ts";
import { markBackground } from "./visit/visitor.ts";

/** Garim on an Express app. */
export interface Garim {
  /** `app.use(garim.session())` behind the host's own log-in: keeps and ends Garim's session beside it. */
  session(): RequestHandler;
  /** Guards a route whose answers hold buyers' data. */
  reveal(shape: AnswerShape, options: RevealOptions): RequestHandler;
  /**
   * Guards a route that makes files: `app.post("/exports", garim.download(orderLine), (req, res) => res.rows(streamLines(req)))`. The rows
   * are judged one by one, recorded, and sealed with the password that was asked for; {@link Garim.downloads} has the rest.
   */
  download<R>(schema: RecordSchema<R>, options?: DownloadOptions<R>): RequestHandler;
  /** `app.use("/exports", garim.downloads())`: how far a file is, the file itself, the ledger, consent, and that it was destroyed. */
  downloads(): Router;
  /**
   * `app.get("/tool/lines", garim.bulk(orderLine, { purpose, tools, read, keyOf }))`: many records for sellers' tools, by pages of JSON, or
   * all of them as NDJSON where the tool accepts `application/x-ndjson`. Each record says until when it must be destroyed (`_purgeBy`).
   *
   * @throws GarimError `ERR_GARIM_OPTION_INVALID`; `ERR_GARIM_DEPLOYMENT` where createGarim got no `tools`
   */
  bulk<R>(schema: RecordSchema<R>, options: BulkOptions<R>): RequestHandler;
  /**
   * `app.post("/tool/receipts", garim.receipts({ tools: "orders.read" }))`: where tools say that they destroyed what they had of orders, as
   * JSON `{ sellerId, orderIds, destroyedAt, method }`; a thousand orders at most, `destroyedAt` in UTC milliseconds.
   */
  receipts(options: ReceiptOptions): RequestHandler;
  /**
   * Asks for a live session and a fresh second factor before a page or a deed of the host's own, as fresh as its class wants:
   * `view` (default), `download` or `manage`. It seals nothing: a route with buyers' data is guarded by `reveal`.
   */
  stepUp(action?: StepUpClass): RequestHandler;
  /** First handler of a route that gives the sellers' side no buyer's data; says why. */
  unguarded(why: string): RequestHandler;
  /** First handler of a route that is no deed of a person (polling): its requests do not extend the session. */
  background(): RequestHandler;
  /** `app.use("/privacy", garim.privacy())`: endpoints of session, second factors and staff for the host's pages. */
  privacy(): Router;
  /** Administration of accounts, for the host's own back office and jobs. */
  readonly staff: Staff;
  /**
   * To be called where the host's own log-in failed: counted for the log, and looked at for credential stuffing.
   *
   * @param name - who was claimed, known or not; only its hash is kept
   */
  logInFailed(req: Request, name: string): Promise<void>;
  /**
   * `app.use("/auditor", garim.auditor())`: the verbs of the access log, exports and the resolving of pseudonyms, for auditors with a
   * second factor. Each question is on record, with whom it asks for, before it is answered. Nothing mounted behind it is reached
   * under that path.
   */
  auditor(): Router;
  /** `GET /records` of the auditors' router alone: `?actor=`, `tool` or `person`, narrowed by `seller`, `from`, `to` and more. */
  records(): RequestHandler;
  /** The last error handler: problems without the error's text. */
  errors(): ErrorRequestHandler;
  /** Lists the app's routes; `strict` refuses an app with an unguarded one, and in production one that trusts any proxy. */
  routes(app: Application, options?: { readonly strict?: boolean }): readonly RouteReport[];
  /**
   * Values for a blind index of the host's own: `garim.blindIndex("recipient.phone", "010-1234-5678")`, a keyed hash under each secret key,
   * the newest first. Stored beside a column that is encrypted, it lets a declared `search` find exact matches.
   */
  readonly blindIndex: BlindIndex;
  /** The access log, to ask it in a job. */
  readonly log: AccessLog;
  /**
   * Sellers' tools (셀러툴): grants, registered tools, issued tokens and their keys; and who asks, for handlers.
   *
   * @throws GarimError `ERR_GARIM_DEPLOYMENT` where createGarim got no `tools`
   */
  readonly tools: ToolDesk;
  /**
   * `app.post("/replies", express.json(), garim.reply({ about }), …)`: holds a seller's reply that names the buyer, asks for contact data
   * or shows personal data, with the reason and what could be posted instead (422). Images are not looked at.
   */
  reply(options: ReplyOptions): RequestHandler;
  /**
   * `app.get("/reviews", garim.posts(["content"], { about }), …)`: buyers' texts under these names are shown scrubbed of personal data,
   * and of the names on the orders that `about` tells.
   */
  posts(fields: readonly string[], options?: PostsOptions): RequestHandler;
  /**
   * `app.use("/duties", garim.duties())`: the registers of flows, education and privacy policies, for owners, operators and auditors.
   *
   * @throws GarimError `ERR_GARIM_DEPLOYMENT` where createGarim got no `duties`
   */
  duties(): Router;
  /**
   * `app.use("/published", garim.published())`: what everybody may read, without a log-in: to whom data goes, and sellers' privacy
   * policies with their versions. To be mounted before the host asks for a log-in. Throws as {@link Garim.duties}.
   */
  published(): Router;
  /** The same registers for the host's own back office and jobs. Throws as {@link Garim.duties}. */
  readonly registers: DutyDesk;
  /** `app.use("/health", garim.health())`, before the session: `GET /live` and `GET /ready`, for balancers. */
  health(): Router;
  /**
   * `app.get("/metrics", garim.metrics({ token }))`: numbers for Prometheus; or `{ private: true }` for whoever asks from a private network.
   *
   * @throws GarimError `ERR_GARIM_OPTION_INVALID` where nobody says who may read them
   */
  metrics(options: MetricsOptions): RequestHandler;
  /**
   * Ends this node in good order: readiness says so, the server takes no new connection, what runs is answered and recorded. Without a
   * server it only finishes what is being recorded: close yours first. The database stays the host's to close.
   */
  close(server?: ClosableServer, options?: CloseOptions): Promise<void>;
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
    receipts: (options) => createReceipts(options, settings),
    bulk: (schema, options) => createBulk(schema, options, settings),
    download: createDownload(settings),
    downloads: () => createDownloadRouter(settings),
    stepUp: createStepUp(settings),
    unguarded: (why) => markOpen((_req, _res, next) => next(), why),
    background: () => garimBackground,
    privacy: () => createPrivacy(settings),
    staff: createStaff(settings),
    logInFailed: (req, name) => tellFailedLogIn(req, name, settings),
    auditor: () => createAuditor(settings),
    records: () => askVerb("records", settings),
    errors: () => createErrors(settings),
    blindIndex: createBlindIndex(options.keys.secrets),
    routes: (app, options) => {
      if (isProduction && options?.strict === true) refuseBlindTrust(app);
      return listRoutes(app, options);
    },
    get tools() {
      return keepGround(requireTools(settings), settings);
    },
    reply: (options) => createReply(options, settings),
    posts: createPosts,
    duties: () => createDuties(requireDuties(settings), settings),
    published: () => createPublished(requireDuties(settings), settings),
    get registers() {
      return requireDuties(settings).desk;
    },
    health: () => createHealth(settings),
    metrics: (options) =>
      markOwnOpen(createMetrics(settings.telemetry.numbers, options), "numbers without persons"),
    close: async (server, options = {}) => {
      settings.health.closing.has = true;
      if (server !== undefined) await closeServer(server, options);
      settings.health.watch.stop();
      settings.longResponses.close();
      settings.observations.close();
      await settings.downloads.close();
      await settings.tools?.close();
      await settings.duties?.close();
      settings.hints.close();
      await settings.log.close();
    },
  };
}

const garimBackground: RequestHandler = (req, _res, next) => {
  markBackground(req);
  next();
};
