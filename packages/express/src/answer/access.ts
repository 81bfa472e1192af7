import { hash } from "node:crypto";
import type {
  Access,
  AccessAction,
  Actor,
  Detail,
  Origin,
  RecordedDisclosure,
  RecordedFile,
} from "@garim/audit";
import type { Session } from "@garim/auth";
import { type KindSet, NO_KINDS, type Policy, type Reason, type Surface, workerId } from "@garim/policy";
import type { Request } from "express";
import type { Visitor, Worker } from "../visit/visitor.ts";

/** What a guard knows when it records: the rest follows from request and visitor. */
export interface Deed {
  readonly at: number;
  readonly action: AccessAction;
  readonly outcome: Access["outcome"];
  readonly reason?: Reason;
  readonly purpose?: string;
  readonly disclosed?: Disclosed;
  /** To whom it was done, where that is somebody else's account. */
  readonly target?: Actor;
  readonly detail?: Detail;
  /** Who did it, where that is not for the request to say: a tool stands with each seller it serves. */
  readonly actor?: Actor;
  /** The grant a tool acted by, and the key that signed its token. */
  readonly grant?: string;
  readonly key?: string;
  readonly file?: RecordedFile;
  /** Where what was decided is not enforced. */
  readonly mode?: Access["mode"];
}

/** What an answer disclosed, with what the decisions were made of. */
export interface Disclosed {
  readonly surface: Surface;
  readonly allowed: KindSet;
  readonly profile: string;
  readonly records: readonly RecordedDisclosure[];
}

/** A request, and what was known of it while it was on its route. */
export interface Recorded {
  readonly req: Request;
  readonly visitor: Visitor;
  /** {@link routeOf} the request. */
  readonly route: string;
}

/** Who did it, in which session, from where and on which route. */
interface Whereabouts {
  readonly actor: Actor;
  readonly session: Session | null;
  readonly origin: Origin;
  readonly route: string;
}

/** The access record (접속기록) of a deed. */
export function accessOf(request: Recorded, deed: Deed, policy: Policy): Access {
  const { req, visitor, route } = request;
  const session = visitor.kind === "worker" ? visitor.session : null;
  const origin = { ip: addressOf(req), agent: req.headers["user-agent"] ?? null };
  const actor = deed.actor ?? actorOf(visitor);
  return record({ actor, session, origin, route }, { ...deed, ...toolMarks(visitor, deed) }, policy);
}

/** What every record of a tool says besides: the key that signed its token, and the name of its request. */
function toolMarks(visitor: Visitor, { detail }: Deed): Pick<Deed, "key" | "detail"> {
  if (visitor.kind !== "tool") return {};
  const issuer = visitor.other === null ? {} : { issuer: visitor.other.issuer };
  return { key: visitor.token.keyId, detail: { trace: visitor.trace, ...issuer, ...detail } };
}

/** Where a request came from (접속지), as the host's `trust proxy` reads it. */
export function addressOf(req: Request): string {
  return req.ip ?? "unknown";
}

/**
 * The record of what happened without a request of the actor's: a session that ran out, a lock, a job of the host.
 *
 * @param ip - where it came from, if that is known
 */
export function accessOfServer(
  { kind, id, sellerId }: Actor,
  session: Session | null,
  deed: Deed,
  policy: Policy,
  ip: string = "server",
): Access {
  const actor = { kind, id, sellerId };
  return record({ actor, session, origin: { ip, agent: null }, route: "server" }, deed, policy);
}

/** The record of what somebody did by a request that is no more at hand. */
export function accessOfSource(
  { kind, id, sellerId }: Actor,
  { session, origin, route }: Omit<Whereabouts, "actor">,
  deed: Deed,
  policy: Policy,
): Access {
  return record({ actor: { kind, id, sellerId }, session, origin, route }, deed, policy);
}

function record({ actor, session, origin, route }: Whereabouts, deed: Deed, policy: Policy): Access {
  const { disclosed } = deed;
  return {
    at: deed.at,
    actor,
    session: session && nameOnRecord(session),
    factor: session?.secondFactor ?? null,
    origin,
    action: deed.action,
    outcome: deed.outcome,
    reason: deed.reason ?? null,
    route,
    purpose: deed.purpose ?? null,
    policy: { edition: policy.edition.id, overrides: policy.overrides },
    surface: disclosed?.surface ?? null,
    allowed: disclosed?.allowed ?? NO_KINDS,
    profile: disclosed?.profile ?? null,
    records: disclosed?.records ?? [],
    ...(deed.target === undefined ? {} : { target: deed.target }),
    ...(deed.detail === undefined ? {} : { detail: deed.detail }),
    ...(deed.file === undefined ? {} : { file: deed.file }),
    ...(deed.grant === undefined ? {} : { grant: deed.grant }),
    ...(deed.key === undefined ? {} : { key: deed.key }),
    ...(deed.mode === undefined ? {} : { mode: deed.mode }),
  };
}

/**
 * The name of a session on record, 16 hex digits: the same from log-in to end, though its id, and its name on pages with it, changes
 * with each proof. Else nobody could tell which log-in a deed belongs to.
 */
export function nameOnRecord({ worker: { kind, id, sellerId }, authenticatedAt, openedAt }: Session): string {
  return hash("sha256", JSON.stringify([kind, id, sellerId, authenticatedAt, openedAt])).slice(0, 16);
}

/** Who acts where Garim notices what nobody told it. */
export const GARIM: Actor = { kind: "system", id: "garim", sellerId: null };

/** Who acts where nobody knows. */
export const NOBODY: Actor = { kind: "anonymous", id: "anonymous", sellerId: null };

function actorOf(visitor: Visitor): Actor {
  if (visitor.kind === "worker") return actorOfWorker(visitor);
  if (visitor.kind === "tool") return { kind: "tool", id: visitor.toolId, sellerId: null };
  return visitor.kind === "buyer" ? { ...NOBODY, id: "buyer" } : NOBODY;
}

function actorOfWorker({ identity }: Worker): Actor {
  const sellerId = identity.kind === "staff" ? identity.sellerId : null;
  return { kind: identity.kind, id: workerId(identity), sellerId };
}

/** A segment of a path that is a name and no value: a mount path may hold a phone number where it has a parameter. */
const NAME = /^[a-z][a-z_.-]{0,39}$/i;

/**
 * The pattern of the route, never the address itself: an address may hold personal data. To be asked while the request is on its
 * route; Express forgets both parts when it leaves.
 */
export function routeOf(req: Request): string {
  const mounted = (req.baseUrl ?? "")
    .split("/")
    .map((segment) => (segment === "" || NAME.test(segment) ? segment : ":"));
  const path: unknown = req.route?.path;
  // Middleware stands before any route: a log-in is noticed there.
  return `${req.method} ${mounted.join("/")}${typeof path === "string" ? path : "*"}`;
}
