import { type Refuse, refuse } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { routeOf } from "./access.ts";
import { type Passage, refuseFault, refusePassage } from "./passage.ts";
import type { Settings } from "./settings.ts";
import type { Worker } from "./visitor.ts";

/** A request of somebody in a live session. */
export interface WorkerPassage extends Passage {
  readonly visitor: Worker;
}

/** What a deed of Garim's own endpoints comes to: it has sent its answer, or it refuses. */
type Outcome = Refuse | undefined;

/** Garim's own endpoint for people in a session. What refuses is recorded; what throws is a fault. */
export function workerEndpoint(
  action: Passage["action"],
  settings: Settings,
  serve: (passage: WorkerPassage) => Promise<Outcome>,
): RequestHandler {
  return async (req, res) => {
    const visitor = await settings.visitors.of(req, res);
    const passage: Passage = { req, res, visitor, route: routeOf(req), action };
    try {
      const refusal = await serveWorker(passage, serve);
      if (refusal !== undefined) await refusePassage(passage, refusal, settings);
    } catch (error) {
      await refuseFault(passage, error, settings);
    }
  };
}

async function serveWorker(
  passage: Passage,
  serve: (passage: WorkerPassage) => Promise<Outcome>,
): Promise<Outcome> {
  const { req, visitor } = passage;
  if (visitor.kind === "unknown") throw visitor.error;
  if (visitor.kind === "anonymous") return refuse(visitor.reason);
  if (visitor.kind === "buyer") return refuse("role-lacks-action");
  if (!isSameOrigin(req)) return refuse("cross-site");
  return await serve({ ...passage, visitor });
}

/**
 * Whether a request that changes something came from this site's own pages (or from no browser at all, which carries no
 * cookie of somebody else).
 */
function isSameOrigin(req: Request): boolean {
  if (req.method === "GET" || req.method === "HEAD") return true;
  const site = req.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = req.get("origin");
  return origin === undefined || hostOf(origin) === req.get("host");
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
