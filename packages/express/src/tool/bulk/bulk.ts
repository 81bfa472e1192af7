import { compileAnswer, type RecordSchema } from "@garim/masking";
import { refuse } from "@garim/policy";
import type { Request, RequestHandler, Response } from "express";
import { routeOf } from "../../answer/access.ts";
import { sendAnswer } from "../../answer/answer.ts";
import { type Passage, refuseFault, refusePassage } from "../../answer/passage.ts";
import { markEndpoint } from "../../routes/route-mark.ts";
import type { Settings } from "../../start/settings.ts";
import { judgeSchedules } from "../../step-up/admission.ts";
import { admitTool } from "../admit.ts";
import { marksOf, sumLeftOut } from "../answer.ts";
import { isToolRequest } from "../authorization.ts";
import { requireTools, type ToolGround } from "../desk.ts";
import { receiveTool } from "../receive.ts";
import { bareChallenge } from "../refusal.ts";
import { type Cursors, createCursors } from "./cursor.ts";
import { type BulkOptions, checkBulk, limitOf } from "./options.ts";
import { type BulkPage, type BulkRun, readPage } from "./page.ts";
import { pageAnswer, streamPages } from "./stream.ts";

/**
 * Makes an endpoint that gives many records to tools: a page of JSON, or all of them as NDJSON where the tool accepts
 * `application/x-ndjson`. Each page is judged and on record before its bytes leave.
 */
export function createBulk<R>(
  schema: RecordSchema<R>,
  given: BulkOptions<R>,
  settings: Settings,
): RequestHandler {
  const options = checkBulk(given);
  const ground = requireTools(settings);
  const writer = compileAnswer(schema as RecordSchema);
  const cursors = createCursors(ground.secrets);
  const { tools: scope, purpose, pageSize } = options;
  const route = { kind: "bulk", scope, purpose, pageSize, shape: schema as RecordSchema } as const;
  return markEndpoint(async function garimBulk(req: Request, res: Response): Promise<void> {
    const passage = await openPassage(req, res, options, ground);
    try {
      await serve({ passage, options, writer, schemas: [schema.name], ground, settings }, cursors);
    } catch (error) {
      if (res.headersSent) res.destroy();
      else await refuseFault(passage, error, settings);
    }
  }, route);
}

async function openPassage(
  req: Request,
  res: Response,
  { purpose, tools }: { readonly purpose: string; readonly tools: string },
  ground: ToolGround,
): Promise<Passage> {
  const common = { req, res, route: routeOf(req), action: "view", purpose } as const;
  if (isToolRequest(req)) return { ...common, ...(await receiveTool(req, tools, ground)) };
  const toolChallenge = bareChallenge(ground.challenge(tools));
  return { ...common, toolChallenge, visitor: { kind: "anonymous", reason: "token-missing" } };
}

async function serve<R>(run: Omit<BulkRun<R>, "visitor">, cursors: Cursors): Promise<void> {
  const { passage, options, schemas, settings } = run;
  const { req, visitor, route } = passage;
  if (visitor.kind === "unknown") throw visitor.error;
  if (visitor.kind !== "tool")
    return await refusePassage(
      passage,
      refuse(visitor.kind === "anonymous" ? visitor.reason : "token-missing"),
      settings,
    );
  const refusal =
    (await admitTool(passage, visitor, options, settings)) ?? (await judgeSchedules(schemas, settings));
  if (refusal !== undefined) return await refusePassage(passage, refusal, settings);
  const owner = { toolId: visitor.toolId, route };
  const { cursor } = req.query;
  const after = cursor === undefined ? null : cursors.read(String(cursor), owner);
  if (after === undefined) return await refusePassage(passage, refuse("cursor-void"), settings);
  const limit = limitOf(req, options.pageSize);
  const whole = { ...run, visitor };
  const page = await readPage(whole, after, limit);
  if (page.kind === "end") return await refusePassage(page.passage, page.refusal, settings);
  const cursorOf = (key: string): string => cursors.write(key, owner);
  sayMarks(whole, page);
  if (req.accepts(["json", "application/x-ndjson"]) === "application/x-ndjson")
    return await streamPages(whole, page, limit, cursorOf);
  sendAnswer(passage.res, pageAnswer(page, page.next === null ? null : cursorOf(page.next)));
}

/** What was left out of a stream's later pages is on record alone. */
function sayMarks<R>({ passage }: BulkRun<R>, page: BulkPage): void {
  const headers = { ...marksOf(passage, page.recordId), ...sumLeftOut(page.leftOut) };
  for (const [name, value] of Object.entries(headers)) passage.res.setHeader(name, value);
}
