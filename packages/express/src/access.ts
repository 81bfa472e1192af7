import type { Access, AccessAction, RecordedDisclosure } from "@garim/audit";
import { type KindSet, NO_KINDS, type Policy, type Reason, type Surface, workerId } from "@garim/policy";
import type { Request } from "express";
import type { Visitor, Worker } from "./visitor.ts";

/** What a guard knows when it records: the rest follows from request and visitor. */
export interface Deed {
  readonly at: number;
  readonly action: AccessAction;
  readonly outcome: Access["outcome"];
  readonly reason?: Reason;
  readonly purpose?: string;
  readonly disclosed?: Disclosed;
}

/** What an answer disclosed, with what the decisions were made of. */
export interface Disclosed {
  readonly surface: Surface;
  readonly allowed: KindSet;
  readonly profile: string;
  readonly records: readonly RecordedDisclosure[];
}

/** The access record (접속기록) of a deed. */
export function accessOf(req: Request, visitor: Visitor, deed: Deed, policy: Policy): Access {
  const session = visitor.kind === "worker" ? visitor.session : null;
  return {
    at: deed.at,
    actor: actorOf(visitor),
    session: session?.name ?? null,
    factor: session?.secondFactor ?? null,
    origin: { ip: req.ip ?? "unknown", agent: req.headers["user-agent"] ?? null },
    action: deed.action,
    outcome: deed.outcome,
    reason: deed.reason ?? null,
    route: routeOf(req),
    purpose: deed.purpose ?? null,
    policy: { edition: policy.edition.id, overrides: policy.overrides },
    surface: deed.disclosed?.surface ?? null,
    allowed: deed.disclosed?.allowed ?? NO_KINDS,
    profile: deed.disclosed?.profile ?? null,
    records: deed.disclosed?.records ?? [],
  };
}

function actorOf(visitor: Visitor): Access["actor"] {
  switch (visitor.kind) {
    case "worker":
      return actorOfWorker(visitor);
    case "buyer":
      return { kind: "anonymous", id: "buyer", sellerId: null };
    default:
      return { kind: "anonymous", id: "anonymous", sellerId: null };
  }
}

function actorOfWorker({ identity }: Worker): Access["actor"] {
  const sellerId = identity.kind === "staff" ? identity.sellerId : null;
  return { kind: identity.kind, id: workerId(identity), sellerId };
}

/** A segment of a path that is a name and no value: a mount path may hold a phone number where it has a parameter. */
const NAME = /^[a-z][a-z_.-]{0,39}$/i;

/** The pattern of the route, never the address itself: an address may hold personal data. */
export function routeOf(req: Request): string {
  const mounted = req.baseUrl
    .split("/")
    .map((segment) => (segment === "" || NAME.test(segment) ? segment : ":"));
  const path: unknown = req.route?.path;
  return `${req.method} ${mounted.join("/")}${typeof path === "string" ? path : ""}`;
}
