import { RECEIPTS_SCOPE } from "@garim/auth";
import type { DestructionReceipt, Keeper } from "@garim/duties";
import { isGarimError, type Refuse, refuse } from "@garim/policy";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { addressOf, routeOf } from "../answer/access.ts";
import { jsonAnswer, problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { type Passage, refuseFault, refusePassage, sendUnlessOut } from "../answer/passage.ts";
import { problemOfStatus } from "../answer/problem.ts";
import { readJson } from "../privacy/json-body.ts";
import { markEndpoint } from "../routes/route-mark.ts";
import type { Settings } from "../start/settings.ts";
import { admitTool } from "./admit.ts";
import { isToolRequest } from "./authorization.ts";
import { requireTools, type ToolGround } from "./desk.ts";
import { receiveTool } from "./receive.ts";
import { bareChallenge, toolHeaders } from "./refusal.ts";
import type { ToolVisitor } from "./visitor.ts";

/** What an endpoint for receipts asks of a token. */
export interface ReceiptOptions {
  /** The scope a token must have, such as `orders.read`; one of `garim:receipts`, which reads nothing, is taken besides. */
  readonly tools: string;
}

/** A thousand names of orders. */
const LARGEST_BODY = "300kb";

/**
 * Makes the endpoint where tools say that they destroyed what they had: `POST { sellerId, orderIds, destroyedAt, method }`. It is on
 * record before it counts. A receipt is taken after the grant is over, too, by a token of the scope `garim:receipts`: that is when most are
 * due.
 */
export function createReceipts({ tools }: ReceiptOptions, settings: Settings): RequestHandler {
  const ground = requireTools(settings);
  const serve = markEndpoint(async function garimReceipts(req: Request, res: Response): Promise<void> {
    const passage = await openPassage(req, res, tools, ground);
    try {
      await take(passage, tools, ground, settings);
    } catch (error) {
      await refuseFault(passage, error, settings);
    }
  });
  return markEndpoint(Router().use(readJson(LARGEST_BODY), serve), { kind: "receipts", scope: tools });
}

async function openPassage(req: Request, res: Response, scope: string, ground: ToolGround): Promise<Passage> {
  const common = { req, res, route: routeOf(req), action: "confirm-destruction" } as const;
  if (isToolRequest(req)) return { ...common, ...(await receiveTool(req, scope, ground)) };
  const toolChallenge = bareChallenge(ground.challenge(scope));
  return { ...common, toolChallenge, visitor: { kind: "anonymous", reason: "token-missing" } };
}

async function take(passage: Passage, tools: string, ground: ToolGround, settings: Settings): Promise<void> {
  const visitor = await admit(passage, tools, settings);
  if (visitor.kind === "refuse") return await refusePassage(passage, visitor, settings);
  await sendUnlessOut(passage, settings, async () => {
    const { toolId, trace } = visitor;
    const headers = toolHeaders(passage.tool);
    try {
      const receipt = { ...(passage.req.body as DestructionReceipt), toolId };
      const confirmed = await ground.desk.purges.confirm(receipt, keeperOf(passage, visitor));
      const answer = jsonAnswer(201, confirmed);
      sendAnswer(passage.res, { ...answer, headers });
    } catch (error) {
      if (!isGarimError(error) || error.code !== "ERR_GARIM_OPTION_INVALID") throw error;
      // The register's own words: they name the member, and what it takes.
      const problem = { ...problemOfStatus(422, languageOf(passage.req)), detail: error.message, trace };
      sendAnswer(passage.res, problemAnswer(problem, headers));
    }
  });
}

async function admit(passage: Passage, tools: string, settings: Settings): Promise<ToolVisitor | Refuse> {
  const { visitor } = passage;
  if (visitor.kind === "unknown") throw visitor.error;
  if (visitor.kind !== "tool") return refuse(visitor.kind === "anonymous" ? visitor.reason : "token-missing");
  // Whoever reads nothing any more gives them by a token of their own kind: that is when most are due.
  const scope = visitor.asked === null ? RECEIPTS_SCOPE : tools;
  return (await admitTool(passage, visitor, { tools: scope, purpose: null }, settings)) ?? visitor;
}

function keeperOf({ req, route }: Passage, { toolId }: ToolVisitor): Keeper {
  return {
    actor: { kind: "tool", id: toolId, sellerId: null },
    session: null,
    factor: null,
    origin: { ip: addressOf(req), agent: req.headers["user-agent"] ?? null },
    route,
  };
}
