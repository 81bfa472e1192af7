import { type Response, Router } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { markOwnOpen } from "../routes/route-mark.ts";
import type { Settings } from "../start/settings.ts";
import type { Checked } from "./check.ts";

/** `closing` while the node finishes what runs; `failing` where guarded routes cannot answer; `degraded` where they still do. */
export type Readiness = "ok" | "degraded" | "failing" | "closing";

const WHY = "tells how this node is, by codes";

/**
 * `GET /live`: the process answers. `GET /ready`: it can serve guarded routes. Codes only: neither names nor addresses nor errors' texts
 * are told, for anybody may reach it.
 */
export function createHealth({ health }: Pick<Settings, "health">): Router {
  const router = Router();
  router.get(
    "/live",
    markOwnOpen((_req, res) => answer(res, 200, { status: "ok" }), WHY),
  );
  router.get(
    "/ready",
    markOwnOpen((_req, res) => ready(res, health), WHY),
  );
  return router;
}

async function ready(res: Response, { watch, closing }: Settings["health"]): Promise<void> {
  if (closing.has) return answer(res, 503, { status: "closing", checks: [] });
  const { checks } = await watch.look();
  const status = readinessOf(checks);
  answer(res, status === "failing" ? 503 : 200, { status, checks });
}

function readinessOf(checks: readonly Checked[]): Readiness {
  if (checks.some(({ state }) => state === "fail")) return "failing";
  return checks.some(({ state }) => state === "warn") ? "degraded" : "ok";
}

function answer(res: Response, status: number, body: object): void {
  sendAnswer(res, jsonAnswer(status, body));
}
