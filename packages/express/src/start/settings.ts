import {
  type Access,
  type AccessLog,
  type AccessLogOptions,
  createAccessLog,
  type PseudonymKeys,
} from "@garim/audit";
import {
  type AllowLists,
  createSessions,
  createStandingReader,
  type Factors,
  postgresState,
  type Sessions,
  type Signals,
  type StandingReader,
} from "@garim/auth";
import { GarimError, isGarimError, type Policy, resolvePolicy } from "@garim/policy";
import type { Request, Response } from "express";
import { pino } from "pino";
import { createDownloads, type Downloads } from "../download/downloads.ts";
import { type DutyGround, openDuties } from "../duties/ground.ts";
import { warnOfMissing } from "../duties/missing.ts";
import { type Board, createBoard } from "../health/board.ts";
import { type Health, openHealth } from "../health/open-health.ts";
import { describeError, type Logger } from "../logger.ts";
import { createObservations, type Observations } from "../observe/observations.ts";
import { readSellerPlan } from "../observe/options.ts";
import type { Pages } from "../step-up/pages.ts";
import { createTelemetry, type Telemetry } from "../telemetry/telemetry.ts";
import type { ToolGround } from "../tool/desk.ts";
import { openTools } from "../tool/open-tools.ts";
import { createArrivals } from "../visit/arrivals.ts";
import { deviceCookie, type OwnCookie, sessionCookie } from "../visit/cookie.ts";
import type { LongResponses } from "../visit/long-responses.ts";
import { createPlaces } from "../visit/place.ts";
import { createProxyCheck } from "../visit/proxy-check.ts";
import { createVisitors, type Visitors, watchProxies } from "../visit/visitor.ts";
import { createWatchDesk, type WatchDesk } from "../watch/watch-desk.ts";
import type { Database } from "./database.ts";
import { createHappenings } from "./happenings.ts";
import { type Hints, openHints } from "./hints.ts";
import type { GarimOptions } from "./options.ts";
import { openAllowLists, openFactors, openSignals, watchLongResponses } from "./parts.ts";
import { recordPolicy } from "./policy-record.ts";
import { openSessionState } from "./session-state.ts";
import { type SteadyDatabase, steadyDatabase } from "./steady-database.ts";
import { survive } from "./survive.ts";

/** What everything of one Garim works with: resolved once, at start. */
export interface Settings extends Ground {
  /** Of the log, too: seeds of samples and proofs come from its tree. */
  readonly database: Database;
  /** Answers auditors' questions; `undefined` where the host has none. */
  readonly replica: Database | undefined;
  /** Make data subjects pseudonyms: a buyer's own records are found by them in an answer that held others', too. */
  readonly subjectKeys: PseudonymKeys;
  readonly sessions: Sessions;
  readonly factors: Factors;
  /** Tells who was dismissed, and who is dormant. */
  readonly readStanding: StandingReader;
  readonly signals: Signals;
  /** `null` where the host has no lists. */
  readonly allowLists: AllowLists | null;
  readonly visitors: Visitors;
  readonly cookie: OwnCookie;
  readonly pages: Pages;
  /** Whether passkeys can be enrolled here. */
  readonly offersPasskeys: boolean;
  readonly longResponses: LongResponses;
  /** Routes that are not enforced yet. */
  readonly observations: Observations;
  /** Files of buyers' data, and their ledger. */
  readonly downloads: Downloads;
  /** `null` where the host opens nothing to tools. */
  readonly tools: ToolGround | null;
  /** `null` where the host does not have it watched who helps themselves. */
  readonly watch: WatchDesk | null;
  /** `null` where the host keeps no registers of duties. */
  readonly duties: DutyGround | null;
  /** How this node is, for balancers and operators. */
  readonly health: Health;
  /** Ends the host's own log-in. */
  readonly signOut: (req: Request, res: Response) => Promise<void>;
}

/** What even a session needs: rules, clock, and where things are recorded. */
export interface Ground {
  readonly policy: Policy;
  readonly log: AccessLog;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly isProduction: boolean;
  readonly telemetry: Telemetry;
  /** The troubles this node has. */
  readonly board: Board;
  readonly hints: Hints;
}

/** Opens log and state on the host's database and puts the parts together. */
export async function openSettings(options: GarimOptions, isProduction: boolean): Promise<Settings> {
  const { database, replica, watch, ...ground } = await openGround(options, isProduction);
  const { policy, clock } = ground;
  const happenings = createHappenings(ground, options);
  const state = ground.telemetry.watchState(await postgresState(database, { clock }), "durable");
  await recordPolicy(ground, state);
  const opened = await openSessionState(options.redis, state, ground);
  const sessionState = opened === state ? state : ground.telemetry.watchState(opened, "session");
  const { onEnd } = happenings;
  const sessions = createSessions({ state: sessionState, accounts: state, policy, clock, onEnd });
  const factors = openFactors(options, ground, state, happenings);
  const signals = openSignals(options, ground, sessionState, happenings);
  const longResponses = watchLongResponses(ground, sessions);
  const duties = options.duties === undefined ? null : await openDuties(options.duties, ground, database);
  const cookie = sessionCookie(options.insecureCookie === true);
  const downloads = createDownloads(options.downloads ?? {}, database, ground);
  const visitors = createVisitors({
    identify: options.identify,
    isBackground: options.isBackground ?? (() => false),
    sessions,
    cookie,
    places: createPlaces(deviceCookie(options.insecureCookie === true), clock),
    longResponses,
    clock,
    ...createArrivals({ ground, sessions, signals, state }),
    lend: async (identity) => (duties === null ? [] : await duties.lentTo(identity)),
    onFault: (error) => ground.logger.warn(describeError(error), "garim: activity was not stored"),
  });
  const tools =
    options.tools === undefined
      ? null
      : await openTools(options.tools, options, ground, database, sessionState, duties);
  if (options.duties !== undefined) warnOfMissing(options.duties, tools !== null, ground.logger);
  watch?.arm({ log: ground.log, sessions, tools: tools?.desk ?? null });
  // From here on people wait.
  database.begin();
  return {
    ...ground,
    database,
    replica,
    subjectKeys: options.keys.subjects,
    sessions,
    factors,
    readStanding: createStandingReader({ state, policy, clock }),
    signals,
    allowLists: openAllowLists(options, ground),
    visitors: watchProxies(visitors, createProxyCheck(ground)),
    cookie,
    pages: options.pages ?? {},
    offersPasskeys: options.passkeys !== undefined,
    longResponses,
    observations: createObservations(ground, state, readSellerPlan(options.dangerouslyObserve, clock())),
    watch,
    duties,
    downloads,
    tools,
    health: openHealth(options, ground, {
      database,
      replica: options.auditorDatabase ?? null,
      states: [...new Set([state, sessionState])],
      files: downloads.live,
    }),
    signOut: async (req, res) => void (await options.signOut?.(req, res)),
  };
}

async function openGround(
  options: GarimOptions,
  isProduction: boolean,
): Promise<Ground & Pick<Settings, "replica" | "watch"> & { readonly database: SteadyDatabase }> {
  const { clock = Date.now, logger = pino({ name: "garim" }) } = options;
  const policy = resolvePolicy(options.policy);
  const database = await reach(options.database, logger);
  const replica =
    options.auditorDatabase === undefined ? undefined : useReplica(options.auditorDatabase, logger);
  const telemetry = createTelemetry(options.tracer);
  const board = createBoard({ onAlert: options.onAlert, logger, clock });
  // Written by Garim, so free of personal data, and what it names (a place, a sink, places lost) is nowhere else.
  const onFault = (error: GarimError): void => {
    logger.error({ ...describeError(error), help: error.message }, "garim: the access log");
    if (error.code.startsWith("ERR_GARIM_SINK")) board.happened("sink-failing");
  };
  const watch =
    options.watch === undefined ? null : createWatchDesk(options.watch, { policy, clock, logger });
  const log = await createAccessLog({
    database,
    keys: options.keys.subjects,
    clock,
    production: isProduction,
    onFault,
    onRecord: (line) => {
      telemetry.recorded(line);
      logger.info(line, "garim: recorded");
    },
    ...(watch === null ? {} : { onAccess: (access: Access) => watch.note(access) }),
    ...(replica === undefined ? {} : { replica }),
    ...(options.sinks === undefined ? {} : { sinks: options.sinks }),
    ...sealOf(options),
  });
  return {
    policy,
    log: telemetry.watchLog(log),
    clock,
    logger,
    isProduction,
    telemetry,
    board,
    hints: openHints(options.redis),
    database,
    replica,
    watch,
  };
}

/** Nothing is sealed where nobody keeps checkpoints, which production does not allow. */
function sealOf({ checkpoints, keys: { signers } }: GarimOptions): Pick<AccessLogOptions, "seal"> {
  return checkpoints === undefined || signers === undefined ? {} : { seal: { ...checkpoints, signers } };
}

/** A replica that breaks must end no process, and one that hangs no auditor's patience. */
function useReplica(given: Database, logger: Logger): Database {
  survive(given, "an idle connection to the replica broke", logger);
  const replica = steadyDatabase(given);
  replica.begin();
  return replica;
}

/** Waits for the database and asks it once, so that a wrong address is a readable error at start. */
async function reach(given: Database | Promise<Database>, logger: Logger): Promise<SteadyDatabase> {
  try {
    const database = await given;
    survive(database, "an idle database connection broke", logger);
    await database.query("select 1");
    return steadyDatabase(database);
  } catch (cause) {
    if (isGarimError(cause)) throw cause;
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      "The database does not answer; check its address, name and password, and that it is PostgreSQL 15 or newer",
      cause,
    );
  }
}
