import { decideAction, type RoleAction, type WorkerIdentity, workerId } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { markBackground, type Visitor } from "../visit/visitor.ts";

const ACTIONS: readonly RoleAction[] = ["view", "download", "manageFactors", "manageStaff", "connectTool"];

/** `GET /me`: who is asking and what their roles allow, so that a page leads where it is of use. It grants nothing, and is no activity. */
export function tellMe(settings: Settings): RequestHandler {
  return async (req, res) => {
    markBackground(req);
    const visitor = await settings.visitors.of(req, res);
    settings.longResponses.forget(res);
    sendAnswer(res, jsonAnswer(200, meOf(visitor, settings)));
  };
}

function meOf(visitor: Visitor, settings: Settings): object {
  switch (visitor.kind) {
    case "worker":
      return workerOf(visitor.identity, settings);
    case "buyer":
      return { kind: "buyer" };
    case "anonymous":
      return { kind: "none", reason: visitor.reason };
    default:
      return { kind: "none", reason: "unavailable" };
  }
}

function workerOf(identity: WorkerIdentity, { policy }: Settings): object {
  const roles = identity.kind === "staff" ? identity.roles : [];
  const sellerId = "sellerId" in identity ? (identity.sellerId ?? null) : null;
  const may = ACTIONS.filter((action) => decideAction(roles, action, policy).kind === "allow");
  return { kind: identity.kind, id: workerId(identity), sellerId, may };
}
