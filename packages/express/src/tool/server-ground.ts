import type { AccessAction, AccessLog } from "@garim/audit";
import type { ChangeSource, Worker } from "@garim/auth";
import {
  decideAction,
  GarimError,
  type Policy,
  type Reason,
  type Refuse,
  refuse,
  type WorkerIdentity,
} from "@garim/policy";
import type { Request, RequestHandler, Response } from "express";
import type { Answer } from "../answer/answer.ts";
import { sendAnswer } from "../answer/answer.ts";
import { chosenLanguageOf, pageLanguageOf } from "../answer/language.ts";
import { recordThenSend } from "../answer/passage.ts";
import type { Logger } from "../logger.ts";
import { type Outcome, type WorkerPassage, workerEndpoint } from "../privacy/worker.ts";
import type { Database } from "../start/database.ts";
import type { Settings } from "../start/settings.ts";
import { judgeManage } from "../step-up/admission.ts";
import { sourceOf } from "./change-record.ts";
import type { ToolDesk, ToolGround } from "./desk.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import type { TokenMeters } from "./token-meters.ts";

/** Somebody who has just proved a second factor, and may do what the endpoint is for. */
export interface Person {
  readonly req: Request;
  readonly res: Response;
  readonly worker: Worker;
  readonly language: "ko" | "en";
  /** Whether they chose it on a page of the marketplace: nobody else's wish counts then. */
  readonly hasChosenLanguage: boolean;
  /** What of the request stands in the record of a change that is made by it. */
  readonly source: ChangeSource;
}

/** What a person is answered. */
export interface PersonAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Why it is a refusal; it is on record before it is sent. */
  readonly reason?: Reason;
}

/** What a person's endpoint is for. */
export interface PersonDeed {
  /** As its refusals are recorded. */
  readonly action: AccessAction;
  /** An owner of a seller, who connects tools; or the marketplace's operator, who approves them. */
  readonly who: "owner" | "operator";
}

/** What `@garim/token-server` is made of, beside `garim.tools`. */
export interface ToolServerGround {
  readonly database: Database;
  readonly log: AccessLog;
  readonly policy: Policy;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly certificateHeader: string | null;
  readonly sandbox: Sandbox;
  readonly tokenMeters: TokenMeters;
  /** Tells of a tool that asks for more than its budget. @returns whether it was told now, and not a moment ago */
  readonly tellOverrun: (toolId: string, ip: string, budget: string, trace: string) => boolean;
  /**
   * An endpoint for people: from this site's own pages, in a live session, with a second factor as fresh as changing one's own takes.
   * Refusals are on record; what is done is the server's to record.
   */
  endpoint(deed: PersonDeed, serve: (person: Person) => Promise<PersonAnswer | Refuse>): RequestHandler;
}

const GROUNDS = new WeakMap<ToolDesk, ToolServerGround>();

/** Keeps what a token server will want to know beside the desk. @returns the desk */
export function keepGround(
  { desk, options, database, tokenMeters, watch, sandbox }: ToolGround,
  settings: Settings,
): ToolDesk {
  const { log, policy, clock, logger } = settings;
  const { certificateHeader = null } = options;
  const endpoint: ToolServerGround["endpoint"] = (deed, serve) => personEndpoint(deed, settings, serve);
  const tellOverrun: ToolServerGround["tellOverrun"] = (toolId, ip, budget, trace) =>
    watch.raise("budget-requests", { toolId, ip, keyId: null, trace }, budget);
  const ports = { database, log, policy, clock, logger, tokenMeters, tellOverrun };
  const known = { ...ports, certificateHeader, sandbox, endpoint };
  if (!GROUNDS.has(desk)) GROUNDS.set(desk, known);
  return desk;
}

/**
 * What a token server is made of; for `@garim/token-server`.
 *
 * @throws GarimError `ERR_GARIM_DEPLOYMENT` where createGarim got no `tools`, or another copy of this package made it
 */
export function toolServerGround({ tools }: { readonly tools: ToolDesk }): ToolServerGround {
  const ground = GROUNDS.get(tools);
  if (ground !== undefined) return ground;
  throw new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    "This Garim was made by another copy of @garim/express than the token server uses. Install one version of it: npm ls @garim/express",
  );
}

/** @source toolcode-2022/grant: consent takes an owner, and a second factor of a moment ago */
function personEndpoint(
  { action, who }: PersonDeed,
  settings: Settings,
  serve: (person: Person) => Promise<PersonAnswer | Refuse>,
): RequestHandler {
  return workerEndpoint({ action, stepUp: "manage" }, settings, async (passage) => {
    const { req, res, visitor } = passage;
    const refusal =
      judgeRight(visitor.identity, who, settings.policy) ?? (await judgeManage(visitor, settings));
    if (refusal !== undefined) return refusal;
    const { worker } = visitor.session;
    const answer = await serve({
      req,
      res,
      worker,
      language: pageLanguageOf(req),
      hasChosenLanguage: chosenLanguageOf(req) !== undefined,
      source: sourceOf(passage),
    });
    return "kind" in answer ? answer : await send(answer, passage, settings);
  });
}

async function send(answer: PersonAnswer, passage: WorkerPassage, settings: Settings): Promise<Outcome> {
  const { status, contentType, body, headers = {}, reason } = answer;
  const bytes: Answer = { status, contentType, body: Buffer.from(body), headers };
  if (reason === undefined) sendAnswer(passage.res, bytes);
  else {
    const deed = { at: settings.clock(), action: passage.action, outcome: "refused", reason } as const;
    await recordThenSend(passage, deed, bytes, settings);
  }
  return undefined;
}

function judgeRight(identity: WorkerIdentity, who: PersonDeed["who"], policy: Policy): Refuse | undefined {
  if (identity.kind !== (who === "owner" ? "staff" : "operator"))
    return refuse("role-lacks-action", policy.edition);
  if (identity.kind !== "staff") return undefined;
  const allowed = decideAction(identity.roles, "connectTool", policy);
  return allowed.kind === "refuse" ? allowed : undefined;
}
