import type { Session, Sessions, Sighting, SightingKind, Signals, StateStore } from "@garim/auth";
import type { Refuse, WorkerIdentity } from "@garim/policy";
import type { Request } from "express";
import { accessOf, type Deed, routeOf } from "../answer/access.ts";
import type { Ground } from "../start/settings.ts";
import { recordRoles } from "./role-record.ts";
import type { Worker } from "./visitor.ts";

/** Who comes, and what it says: log-ins and moves are looked at for signs of somebody else, log-ins are recorded. */
export interface Arrivals {
  /** Records a log-in before its first answer. @returns why it opens no session; `null` where nothing stands in the way */
  onOpen(req: Request, visitor: Worker): Promise<Refuse | null>;
  /** @returns the session as it is then: where the sign asks for it, what was proved in it counts no more */
  onMove(req: Request, session: Session): Promise<Session>;
  /** Records which roles a worker comes with, where they are others than before. */
  onRoles(identity: WorkerIdentity): Promise<void>;
}

interface Parts {
  readonly ground: Ground;
  readonly sessions: Sessions;
  readonly signals: Signals;
  /** Keeps two nodes from recording one thing twice. */
  readonly state: StateStore;
}

export function createArrivals({ ground, sessions, signals, state }: Parts): Arrivals {
  const { clock, log, policy } = ground;
  const onRoles = (identity: WorkerIdentity): Promise<void> => recordRoles(ground, state, identity);
  return {
    onRoles,
    async onOpen(req, visitor) {
      const { identity, session } = visitor;
      await onRoles(identity);
      const { refusal } = await signals.observe(sightingOf("log-in", req, session, clock()));
      if (refusal !== null) await sessions.end(session);
      const outcome = refusal === null ? { outcome: "done" } : { outcome: "refused", reason: refusal.reason };
      const deed = { at: clock(), action: "log-in", ...outcome } as Deed;
      await log.append(accessOf({ req, visitor, route: routeOf(req) }, deed, policy));
      return refusal;
    },
    async onMove(req, session) {
      const observed = await signals.observe(sightingOf("session-moved", req, session, clock()));
      const isDue = observed.signals.some(({ isStepUpDue }) => isStepUpDue);
      return isDue ? ((await sessions.suspect(session)) ?? session) : session;
    },
  };
}

/** What a request shows of a session's worker. */
export function sightingOf(
  kind: SightingKind,
  req: Request,
  { worker, device }: Session,
  at: number,
): Sighting {
  return { kind, worker, ip: req.ip, device, at };
}
