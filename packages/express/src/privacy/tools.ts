import type { Narrowing, RegisteredTool, StoredGrant } from "@garim/auth";
import type { Contract } from "@garim/duties";
import {
  decideAction,
  decideGrant,
  GRANT_STATES,
  type GrantState,
  isPiiKind,
  kindSet,
  kindsOf,
  type PiiKind,
  type Reason,
  type Refuse,
  refuse,
} from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import type { Language } from "../answer/problem.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor, judgeManage } from "../step-up/admission.ts";
import { sourceOf } from "../tool/change-record.ts";
import type { ToolGround } from "../tool/desk.ts";
import { grantFactsOf } from "../tool/verdicts.ts";
import { membersOf } from "./input.ts";
import { type Outcome, type Purpose, refuseInput, type WorkerPassage, workerEndpoint } from "./worker.ts";

/*
 * The tools an owner connected (연동된 셀러툴): which read what, until when, and the end of it. A tool is connected at the token server,
 * where the owner is asked. Each change is put on record by the grants themselves.
 */

/** A connected tool as its seller sees it. Moments are UTC milliseconds, ends exclusive. */
interface ConnectionView {
  /** Of the grant. */
  readonly id: string;
  readonly tool: { readonly id: string; readonly name: string; readonly isSandbox: boolean };
  readonly fields: readonly PiiKind[];
  readonly purposes: readonly string[];
  readonly states: readonly GrantState[];
  readonly grantedAt: number;
  readonly grantedBy: string;
  /** Contracts may end it sooner. */
  readonly endsAt: number;
  /** Why it reads nothing at this moment; `null` where it does. */
  readonly reason: Reason | null;
  /** What the seller agreed with the tool; `null` where nothing is on file. */
  readonly contract: Pick<Contract, "tasks" | "subProcessors" | "endsAt"> | null;
}

/** `GET /tools` */
export function listConnections(ground: ToolGround, settings: Settings): RequestHandler {
  const purpose: Purpose = { action: "change-grant", stepUp: "view" };
  return ownerEndpoint(purpose, settings, async ({ req, res, visitor }, sellerId) => {
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    await ground.desk.follower.ready();
    const grants = ground.desk.grants.listOfSeller(sellerId);
    const language = languageOf(req);
    const tools = grants.map((grant) => viewConnection(grant, ground, settings.clock(), language));
    sendAnswer(res, jsonAnswer(200, { tools }));
    return undefined;
  });
}

/** `PATCH /tools/:grantId`: takes fields, purposes, states or time away. */
export function narrowConnection(ground: ToolGround, settings: Settings): RequestHandler {
  return ownerEndpoint({ action: "change-grant" }, settings, async (passage) => {
    const { req, res, visitor } = passage;
    const due = await judgeManage(visitor, settings);
    if (due !== undefined) return due;
    const narrowing = readNarrowing(req);
    if (narrowing === undefined) return refuseInput(passage, "narrowing-invalid");
    await ground.desk.follower.ready();
    const { worker } = visitor.session;
    const grant = await ground.desk.grants.narrow(grantIdOf(req), narrowing, worker, sourceOf(passage));
    if (grant === null) return refuse("grant-missing", settings.policy.edition);
    sendAnswer(res, jsonAnswer(200, viewConnection(grant, ground, settings.clock(), languageOf(req))));
    return undefined;
  });
}

/** `DELETE /tools/:grantId`: the tool reads nothing of the seller any more, on every node within a second. */
export function endConnection(ground: ToolGround, settings: Settings): RequestHandler {
  return ownerEndpoint({ action: "revoke-grant" }, settings, async (passage) => {
    const { req, res, visitor } = passage;
    const due = await judgeManage(visitor, settings);
    if (due !== undefined) return due;
    await ground.desk.follower.ready();
    const grant = await ground.desk.grants.revoke(grantIdOf(req), visitor.session.worker, sourceOf(passage));
    if (grant === null) return refuse("grant-missing", settings.policy.edition);
    sendAnswer(res, emptyAnswer(204));
    return undefined;
  });
}

function grantIdOf({ params }: Request): string {
  return String(params["grantId"]);
}

/** For who may connect tools of a seller. */
function ownerEndpoint(
  purpose: Purpose,
  settings: Settings,
  serve: (passage: WorkerPassage, sellerId: string) => Promise<Outcome>,
): RequestHandler {
  return workerEndpoint(purpose, settings, async (passage) => {
    const { identity } = passage.visitor;
    if (identity.kind !== "staff") return refuse("role-lacks-action", settings.policy.edition);
    const allowed = decideAction(identity.roles, "connectTool", settings.policy);
    return allowed.kind === "refuse" ? allowed : await serve(passage, identity.sellerId);
  });
}

function viewConnection(
  grant: StoredGrant,
  { desk, sources }: ToolGround,
  now: number,
  language: Language,
): ConnectionView {
  const { id, toolId, sellerId, kinds, purposes, states, grantedAt, grantedBy, endsAt } = grant;
  const contract = desk.register.contract(sellerId, toolId);
  const [purpose = ""] = purposes;
  const facts = grantFactsOf(grant, sources.isSandboxSeller(sellerId), sources);
  const decided = decideGrant(facts, { sellerId, toolId, purpose, kinds }, now, sources.policy);
  return {
    id,
    tool: viewTool(toolId, desk.tools.find(toolId), language),
    fields: kindsOf(kinds),
    purposes,
    states,
    grantedAt,
    grantedBy: grantedBy.staffId,
    endsAt,
    reason: reasonOf(decided, desk.tools.find(toolId)),
    contract: contract && viewContract(contract),
  };
}

function viewTool(id: string, tool: RegisteredTool | null, language: Language): ConnectionView["tool"] {
  return { id, name: tool?.name[language] ?? id, isSandbox: tool?.sandbox !== false };
}

function viewContract({ tasks, subProcessors, endsAt }: Contract): ConnectionView["contract"] {
  return { tasks, subProcessors, endsAt };
}

function reasonOf(decided: { readonly kind: string } | Refuse, tool: RegisteredTool | null): Reason | null {
  if (tool?.status === "suspended") return "tool-suspended";
  return decided.kind === "refuse" ? (decided as Refuse).reason : null;
}

/** What is left out stays; `undefined` for what is no narrowing. */
function readNarrowing(req: Request): Narrowing | undefined {
  const { fields, purposes, states, endsAt, ...rest } = membersOf(req);
  const isRead =
    Object.keys(rest).length === 0 &&
    isListOf(fields, isPiiKind) &&
    isListOf(purposes, isText) &&
    isListOf(states, isGrantState) &&
    (endsAt === undefined || Number.isSafeInteger(endsAt));
  if (!isRead) return undefined;
  return {
    ...(fields === undefined ? {} : { kinds: kindSet(fields as readonly PiiKind[]) }),
    ...(purposes === undefined ? {} : { purposes: purposes as readonly string[] }),
    ...(states === undefined ? {} : { states: states as readonly GrantState[] }),
    ...(endsAt === undefined ? {} : { endsAt: endsAt as number }),
  };
}

const MOST_MEMBERS = 50;

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.length <= MOST_MEMBERS && value.every(isOne));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isGrantState(value: unknown): boolean {
  return GRANT_STATES.includes(value as GrantState);
}
