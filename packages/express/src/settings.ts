import { EventEmitter } from "node:events";
import { type AccessLog, createAccessLog } from "@garim/audit";
import {
  createSessions,
  createTotp,
  postgresState,
  type Session,
  type Sessions,
  type SessionsOptions,
  type Totp,
  type TotpOptions,
} from "@garim/auth";
import { GarimError, isGarimError, type Policy, resolvePolicy } from "@garim/policy";
import type { Request, Response } from "express";
import { pino } from "pino";
import { accessOf, accessOfServer, type Deed, routeOf } from "./access.ts";
import { type SessionCookie, sessionCookie } from "./cookie.ts";
import type { Database } from "./database.ts";
import { describeError, type Logger } from "./logger.ts";
import type { GarimOptions } from "./options.ts";
import { createVisitors, type Visitors } from "./visitor.ts";

/** What everything of one Garim works with: resolved once, at start. */
export interface Settings extends Ground {
  readonly sessions: Sessions;
  readonly totp: Totp;
  readonly visitors: Visitors;
  readonly cookie: SessionCookie;
  /** Ends the host's own log-in. */
  readonly signOut: (req: Request, res: Response) => Promise<void>;
}

/** What even a session needs: rules, clock, and where things are recorded. */
interface Ground {
  readonly policy: Policy;
  readonly log: AccessLog;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly isProduction: boolean;
}

type Happenings = Required<Pick<SessionsOptions, "onEnd"> & Pick<TotpOptions, "onLock">>;

/** Opens log and state on the host's database and puts the parts together. */
export async function openSettings(options: GarimOptions, isProduction: boolean): Promise<Settings> {
  const {
    clock = Date.now,
    logger = pino({ name: "garim" }),
    identify,
    isBackground = () => false,
  } = options;
  const policy = resolvePolicy(options.policy);
  const database = await reach(options.database, logger);
  const onFault = (error: GarimError): void =>
    logger.error(describeError(error), "garim: the access log is out");
  const keys = options.keys.subjects;
  const log = await createAccessLog({ database, keys, clock, production: isProduction, onFault });
  const ground: Ground = { policy, log, clock, logger, isProduction };
  const { onEnd, onLock } = recordHappening(ground);
  const state = await postgresState(database, { clock });
  const sessions = createSessions({ state, policy, clock, onEnd });
  const totp = createTotp({
    state,
    keys: options.keys.secrets,
    policy,
    issuer: options.issuer ?? "Garim",
    clock,
    onLock,
  });
  const cookie = sessionCookie(options.insecureCookie === true);
  const onTouchFault = (error: unknown): void =>
    logger.warn(describeError(error), "garim: activity was not stored");
  const visitors = createVisitors({
    identify,
    isBackground,
    sessions,
    cookie,
    onOpen: recordOpen(ground),
    onFault: onTouchFault,
  });
  const signOut: Settings["signOut"] = async (req, res) => void (await options.signOut?.(req, res));
  return { ...ground, sessions, totp, visitors, cookie, signOut };
}

/** A session opens on record, before its first answer. */
function recordOpen({ clock, log, policy }: Ground): Parameters<typeof createVisitors>[0]["onOpen"] {
  return async (req, identity, session) => {
    const visitor = { kind: "worker", identity, session } as const;
    const opening = { req, visitor, route: routeOf(req) };
    await log.append(accessOf(opening, { at: clock(), action: "log-in", outcome: "done" }, policy));
  };
}

/** Records what happens to somebody without a request of theirs. No answer waits for it; signing out records itself. */
function recordHappening(ground: Ground): Happenings {
  const { clock, log, logger, policy } = ground;
  const append = (
    worker: Session["worker"],
    session: Session | null,
    deed: Omit<Deed, "at" | "outcome">,
  ): void => {
    log
      .append(accessOfServer(worker, session, { at: clock(), outcome: "done", ...deed }, policy))
      .catch((error) => logger.error(describeError(error), `garim: ${deed.action} is not on record`));
  };
  return {
    onEnd: (session, reason) => {
      if (reason !== "log-out") append(session.worker, session, { action: "session-end", reason });
    },
    onLock: (worker) => append(worker, null, { action: "account-locked", reason: "account-locked" }),
  };
}

/** Waits for the database and asks it once, so that a wrong address is a readable error at start. */
async function reach(given: Database | Promise<Database>, logger: Logger): Promise<Database> {
  try {
    const database = await given;
    survive(database, logger);
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

/** A `pg` Pool tells of a broken idle connection by an event that ends the process where nobody listens. */
function survive(database: Database, logger: Logger): void {
  if (!(database instanceof EventEmitter) || database.listenerCount("error") > 0) return;
  database.on("error", (error) =>
    logger.warn(describeError(error), "garim: an idle database connection broke"),
  );
}
