import type { Checked, Session, Sessions } from "@garim/auth";
import {
  type BuyerIdentity,
  GarimError,
  type Identity,
  type Reason,
  type WorkerIdentity,
} from "@garim/policy";
import type { Request, Response } from "express";
import type { SessionCookie } from "./cookie.ts";

/** Nobody, or somebody whose session has ended; `reason` says which. */
export interface Anonymous {
  readonly kind: "anonymous";
  readonly reason: Reason;
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
}

/** Nobody can tell: the state or the log could not be reached. */
export interface Unknown {
  readonly kind: "unknown";
  readonly error: unknown;
}

/** Who is asking. */
export type Visitor = Anonymous | Buyer | Worker | Unknown;

/** Tells who is asking, once per request whoever asks first: so the order of mounting does not matter. */
export interface Visitors {
  of(req: Request, res: Response): Promise<Visitor>;
  /** What the request shall see from now on: a session that was raised or ended meanwhile. */
  replace(req: Request, visitor: Visitor): void;
}

interface Options {
  readonly identify: (req: Request) => Identity | null | undefined | Promise<Identity | null | undefined>;
  readonly isBackground: (req: Request) => boolean;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  /** Told when activity could not be stored: the session then ends earlier than it might. */
  readonly onFault: (error: unknown) => void;
  /** Called before the first answer of a session that has just been opened. */
  readonly onOpen: (req: Request, worker: WorkerIdentity, session: Session) => Promise<void>;
}

export function createVisitors(options: Options): Visitors {
  const known = new WeakMap<Request, Promise<Visitor>>();
  return {
    of(req, res) {
      const found = known.get(req);
      if (found !== undefined) return found;
      const visitor = recognise(req, res, options).catch((error): Unknown => ({ kind: "unknown", error }));
      known.set(req, visitor);
      return visitor;
    },
    replace(req, visitor) {
      known.set(req, Promise.resolve(visitor));
    },
  };
}

async function recognise(req: Request, res: Response, options: Options): Promise<Visitor> {
  const identity = await options.identify(req);
  if (identity === null || identity === undefined) return { kind: "anonymous", reason: "not-logged-in" };
  if (identity.kind === "buyer") return { kind: "buyer", identity };
  if (identity.kind !== "staff" && identity.kind !== "operator" && identity.kind !== "auditor")
    throw unknownKind();
  const id = options.cookie.read(req);
  // Opening is a deed; everything later counts as one only once it has been answered well.
  const checked = await options.sessions.check(id, identity, id === null ? "activity" : "background");
  return await admit(req, res, identity, checked, options);
}

async function admit(
  req: Request,
  res: Response,
  identity: WorkerIdentity,
  checked: Checked,
  options: Options,
): Promise<Visitor> {
  if (checked.kind === "refuse") return { kind: "anonymous", reason: checked.reason };
  if (checked.isFirst) await recordOnce(req, identity, checked.session, options);
  if (checked.id !== null) setSessionCookie(res, options.cookie.write(checked.id));
  touchWhenAnswered(req, res, checked.session, options);
  return { kind: "worker", identity, session: checked.session };
}

const OPENINGS = new WeakMap<Session, Promise<void>>();

/** One log-in is one record, though a page's first requests come together and share their session. */
function recordOnce(
  req: Request,
  identity: WorkerIdentity,
  session: Session,
  options: Options,
): Promise<void> {
  const recorded = OPENINGS.get(session) ?? options.onOpen(req, identity, session);
  OPENINGS.set(session, recorded);
  return recorded;
}

/** Replaces an earlier session cookie of this answer, and leaves the host's cookies alone. */
export function setSessionCookie(res: Response, cookie: string): void {
  const name = cookie.slice(0, cookie.indexOf("=") + 1);
  const header = res.getHeader("Set-Cookie") ?? [];
  const others = (Array.isArray(header) ? header : [String(header)]).filter(
    (value) => !value.startsWith(name),
  );
  res.setHeader("Set-Cookie", [...others, cookie]);
}

const BACKGROUND = new WeakSet<Request>();

/** Says that a request is no deed of a person, whatever the host says of it: the countdown's own question. */
export function markBackground(req: Request): void {
  BACKGROUND.add(req);
}

/** The idle end moves when a person's request was answered well: refusals, failures, polling, HEAD and OPTIONS never move it. */
function touchWhenAnswered(req: Request, res: Response, session: Session, options: Options): void {
  if (req.method === "HEAD" || req.method === "OPTIONS") return;
  res.once("finish", () => {
    if (res.statusCode >= 400 || BACKGROUND.has(req) || options.isBackground(req)) return;
    options.sessions.touch(session).catch(options.onFault);
  });
}

function unknownKind(): GarimError {
  return new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    'identify() must return null or { kind: "staff" | "operator" | "auditor" | "buyer", … }; see GarimOptions.identify',
  );
}
