import type { Request } from "express";
import { addressOf, routeOf } from "../answer/access.ts";
import type { Settings } from "../start/settings.ts";

/** A log-in of the host's failed. Nobody is known by then, so it is summed as all refusals of nobody are. */
export async function tellFailedLogIn(req: Request, name: string, settings: Settings): Promise<void> {
  const { log, signals, clock } = settings;
  log.countRefusal({ ip: addressOf(req), route: routeOf(req), reason: "log-in-failed" });
  const worker = { kind: "staff", id: String(name), sellerId: null } as const;
  await signals.observe({ kind: "log-in-failed", worker, ip: req.ip, device: null, at: clock() });
}
