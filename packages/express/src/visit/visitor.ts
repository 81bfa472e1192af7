import {
  AUTH_DEFAULTS,
  type Live,
  type Refused,
  type Session,
  type Sessions,
  type SessionUse,
} from "@garim/auth";
import {
  type BuyerIdentity,
  GarimError,
  type Identity,
  type Reason,
  type Refuse,
  type WorkerIdentity,
} from "@garim/policy";
import type { Request, Response } from "express";
import type { ToolVisitor } from "../tool/visitor.ts";
import { isDeed, mayBeDeed } from "./activity.ts";
import { type OwnCookie, setCookie } from "./cookie.ts";
import type { LongResponses } from "./long-responses.ts";
import type { Places } from "./place.ts";

/** Nobody, or somebody whose session has ended; `reason` says which. */
export interface Anonymous {
  readonly kind: "anonymous";
  readonly reason: Reason;
  /** The session lives on under an id of a moment ago: nothing is to be ended. */
  readonly livesOn?: true;
}

/** The data subject. */
export interface Buyer {
  readonly kind: "buyer";
  readonly identity: BuyerIdentity;
}

/** Somebody of the sellers' side or the marketplace, in a live session. */
export interface Worker {
  readonly kind: "worker";
  readonly identity: WorkerIdentity;
  readonly session: Session;
  /** Roles among the identity's that are lent for a time: whatever takes long asks again whether they still are. */
  readonly lent?: readonly string[];
}

/** Nobody can tell: the state or the log could not be reached. */
export interface Unknown {
  readonly kind: "unknown";
  readonly error: unknown;
}

/** Who is asking. */
export type Visitor = Anonymous | Buyer | Worker | ToolVisitor | Unknown;

/** Tells who is asking, once per request whoever asks first: so the order of mounting does not matter. */
export interface Visitors {
  of(req: Request, res: Response): Promise<Visitor>;
  /** Asks once more: the session was moved meanwhile. */
  again(req: Request, res: Response): Promise<Visitor>;
  /** What the request shall see from now on: a session that was raised or ended meanwhile. */
  replace(req: Request, visitor: Visitor): void;
}

interface Options {
  readonly identify: (req: Request) => Identity | null | undefined | Promise<Identity | null | undefined>;
  readonly isBackground: (req: Request) => boolean;
  readonly sessions: Sessions;
  readonly cookie: OwnCookie;
  readonly places: Places;
  readonly longResponses: LongResponses;
  /** UTC milliseconds. */
  readonly clock: () => number;
  /** Told when activity could not be stored: the session then ends earlier than it might. */
  readonly onFault: (error: unknown) => void;
  /** Called before the first answer of a session that has just been opened. @returns why it may not be; `null` where it may */
  readonly onOpen: (req: Request, worker: Worker) => Promise<Refuse | null>;
  /** Called before the first answer to a session that turned up somewhere else. @returns the session as it is then */
  readonly onMove: (req: Request, session: Session) => Promise<Session>;
  /** Roles somebody has besides those the host says. */
  readonly lend: (identity: WorkerIdentity) => Promise<readonly string[]>;
  /** Called where a session has ended because its worker has other roles by now. */
  readonly onRoles: (identity: WorkerIdentity) => Promise<void>;
}

export function createVisitors(options: Options): Visitors {
  const known = new WeakMap<Request, Promise<Visitor>>();
  const again = (req: Request, res: Response): Promise<Visitor> => {
    const visitor = recognise(req, res, options);
    known.set(req, visitor);
    return visitor;
  };
  return {
    of: (req, res) => known.get(req) ?? again(req, res),
    again,
    replace(req, visitor) {
      known.set(req, Promise.resolve(visitor));
    },
  };
}

/** The same visitors; each request they are asked for is looked at first. */
export function watchProxies(visitors: Visitors, look: (req: Request) => void): Visitors {
  return {
    ...visitors,
    of(req, res) {
      look(req);
      return visitors.of(req, res);
    },
  };
}

async function recognise(req: Request, res: Response, options: Options): Promise<Visitor> {
  try {
    const identity = await options.identify(req);
    if (identity === null || identity === undefined) return { kind: "anonymous", reason: "not-logged-in" };
    switch (identity.kind) {
      case "buyer":
        return { kind: "buyer", identity };
      case "staff":
      case "operator":
      case "auditor":
        return await admit(req, res, identity, options);
      default:
        throw unknownKind();
    }
  } catch (error) {
    return { kind: "unknown", error };
  }
}

/** Lets somebody of the sellers' side or the marketplace in where their session lives, and goes with the request until it is answered. */
async function admit(
  req: Request,
  res: Response,
  identity: WorkerIdentity,
  options: Options,
): Promise<Worker | Anonymous> {
  const id = options.cookie.read(req);
  const { origin, newCookie } = options.places.of(req, identity);
  const checked = await options.sessions.check(id, identity, useOf(req, id, options), origin);
  if (checked.kind === "refuse") {
    // Told now: the person may never log in again.
    if (checked.reason === "roles-changed") await options.onRoles(identity);
    return anonymousOf(checked);
  }
  const isKnown = !checked.isFirst && !checked.hasMoved;
  const visitor = isKnown ? workerOf(identity, checked) : await greet(req, identity, checked, options);
  if (visitor.kind === "anonymous") return visitor;
  if (newCookie !== null) setCookie(res, newCookie);
  if (checked.id !== null) setCookie(res, options.cookie.write(checked.id));
  accompany(req, res, visitor.session, options);
  return await withLent(visitor, options);
}

/** Last: the host's own roles are those a session is opened with, and put on record. */
async function withLent(visitor: Worker, { lend }: Options): Promise<Worker> {
  const { identity } = visitor;
  const lent = identity.kind === "staff" ? await lend(identity) : [];
  if (identity.kind !== "staff" || lent.length === 0) return visitor;
  const roles = [...new Set([...identity.roles, ...lent])];
  return { ...visitor, identity: { ...identity, roles }, lent };
}

function anonymousOf({ reason, livesOn }: Refused): Anonymous {
  return { kind: "anonymous", reason, ...(livesOn ? { livesOn } : {}) };
}

function workerOf(identity: WorkerIdentity, { session }: Live): Worker {
  return { kind: "worker", identity, session };
}

/** Opening is a deed, unless by polling; everything later counts as one only once it has been answered well. */
function useOf(req: Request, id: string | null, { isBackground }: Options): SessionUse {
  return id === null && mayBeDeed(req) && !isBackground(req) ? "activity" : "background";
}

const GREETED = new WeakMap<Session, Promise<Worker | Anonymous>>();

/** Greets a session that is new, or is somewhere new, once, though a page's requests come together and share what was checked. */
function greet(
  req: Request,
  identity: WorkerIdentity,
  live: Live,
  options: Options,
): Promise<Worker | Anonymous> {
  const { session, isFirst } = live;
  const visitor = workerOf(identity, live);
  const greeted =
    GREETED.get(session) ?? (isFirst ? open(req, visitor, options) : move(req, visitor, options));
  GREETED.set(session, greeted);
  return greeted;
}

async function open(req: Request, visitor: Worker, { onOpen }: Options): Promise<Worker | Anonymous> {
  const refusal = await onOpen(req, visitor);
  return refusal === null ? visitor : { kind: "anonymous", reason: refusal.reason };
}

async function move(req: Request, visitor: Worker, { onMove }: Options): Promise<Worker> {
  return { ...visitor, session: await onMove(req, visitor.session) };
}

const BACKGROUND = new WeakSet<Request>();

/** Says that a request is no deed of a person, whatever `isBackground` says of it. */
export function markBackground(req: Request): void {
  BACKGROUND.add(req);
}

/** Until the answer is out: a long one ends with the session, and a deed answered well moves the session's idle end. */
function accompany(req: Request, res: Response, session: Session, options: Options): void {
  const startedAt = options.clock();
  options.longResponses.watch(res, session);
  // Most requests end here: their deed would not be stored, and a listener for their end makes a request 4 % dearer.
  if (startedAt - session.lastActivityAt >= AUTH_DEFAULTS.activityMs)
    storeDeed(req, res, session, startedAt, options);
}

/** Moves the session's idle end once the request has turned out to be a deed, answered well. */
function storeDeed(
  req: Request,
  res: Response,
  session: Session,
  startedAt: number,
  { clock, isBackground, sessions, onFault }: Options,
): void {
  // Not `finish`: a listener for it made a whole request 7 % dearer (measured on Node 20). Nor `once`: it closes only once.
  res.on("close", () => {
    const isBack = BACKGROUND.has(req) || isBackground(req);
    if (res.writableFinished && !isBack && isDeed(req, res, clock() - startedAt))
      sessions.touch(session).catch(onFault);
  });
}

function unknownKind(): GarimError {
  return new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    'identify() must return null or { kind: "staff" | "operator" | "auditor" | "buyer", … }; see GarimOptions.identify',
  );
}
