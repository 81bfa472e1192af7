import { judgeFreshness, judgeManager, type ListOwner, type Session, stateUnavailable } from "@garim/auth";
import {
  type Allow,
  decideAction,
  type Refuse,
  refuse,
  type StepUpClass,
  type WorkerIdentity,
  workerId,
} from "@garim/policy";
import type { Request } from "express";
import type { Passage } from "../answer/passage.ts";
import type { GuardedRoute } from "../reveal/guarded-route.ts";
import type { Settings } from "../start/settings.ts";
import { admitTool } from "../tool/admit.ts";
import type { Visitor, Worker } from "../visit/visitor.ts";

/**
 * Judges whether a request may reach the handler of a guarded route; nothing stands in the way when undefined.
 *
 * @throws what kept it from being known who asks
 */
export async function judgeAdmission(
  passage: Passage,
  route: GuardedRoute,
  settings: Settings,
): Promise<Refuse | undefined> {
  const { req, visitor } = passage;
  const refusal =
    visitor.kind === "tool"
      ? await admitTool(passage, visitor, route, settings)
      : ((await judgeProof(req, visitor, "view", settings)) ??
        decideRole(visitor, settings) ??
        (await judgeDuties(visitor, settings)) ??
        settings.watch?.ask(req, visitor));
  if (refusal !== undefined) return refusal;
  const unscheduled = await judgeSchedules(route.schemas, settings);
  if (unscheduled !== undefined) return unscheduled;
  // What may be masked must not be found by what it was.
  return asksUndeclared(passage, route) ? refuse("search-personal", settings.policy.edition) : undefined;
}

/** A declared search is an exact one of people, and its answer is narrowed; tools search by nothing personal. */
function asksUndeclared({ req, visitor }: Passage, route: GuardedRoute): boolean {
  if (visitor.kind === "tool") return route.asksPersonal(req);
  return route.asksPersonal({ query: route.readSearch(req).rest as Request["query"], params: req.params });
}

/**
 * Judges whether somebody has proved enough for a class of actions, and comes from where they may; nothing stands in the way when
 * undefined.
 *
 * @throws what kept it from being known who asks
 */
export async function judgeProof(
  req: Request,
  visitor: Visitor,
  action: StepUpClass,
  settings: Settings,
): Promise<Refuse | undefined> {
  const worker = requireWorker(visitor);
  if (worker.kind === "refuse") return worker;
  const refusal = settings.allowLists === null ? undefined : await judgeNetwork(req, worker, settings);
  return refusal ?? judgeFactor(worker, action, settings);
}

/** Somebody in a live session, or why nobody is. @throws what kept it from being known who asks */
export function requireWorker(visitor: Visitor): Worker | Refuse {
  switch (visitor.kind) {
    case "worker":
      return visitor;
    case "unknown":
      throw visitor.error;
    case "anonymous":
      return refuse(visitor.reason);
    case "buyer":
      return refuse("role-lacks-action");
    case "tool":
      return refuse("tool-not-here");
  }
}

/**
 * Judges whether somebody comes from an address their seller, or they themselves, allow.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the host cannot tell its list
 * @source notice-2026-9/6-1
 */
export async function judgeNetwork(
  req: Request,
  { identity }: Worker,
  { allowLists }: Settings,
): Promise<Refuse | undefined> {
  if (allowLists === null) return undefined;
  try {
    return orNothing(await allowLists.judge(listOwner(identity), req.ip));
  } catch (cause) {
    throw stateUnavailable(
      "allowList() failed, or gave what is no list of addresses. Return entries that createAllowList takes, or null.",
      cause,
    );
  }
}

function listOwner(identity: WorkerIdentity): ListOwner {
  return identity.kind === "staff"
    ? { kind: "seller", id: identity.sellerId }
    : { kind: "account", id: workerId(identity) };
}

/** Nothing where nothing stands in the way; told at once unless the store has to be asked. */
type Verdict = Refuse | undefined | Promise<Refuse>;

/** Judges whether the second factor is fresh enough for a class of actions. */
export function judgeFactor(worker: Worker, action: StepUpClass, settings: Settings): Verdict {
  const { policy, clock } = settings;
  return orUnenrolled(judgeFreshness(worker.session, action, clock(), policy), worker, settings);
}

/** Judges whether somebody may change what others prove with: it takes what changing one's own takes. */
export function judgeManage(worker: Worker, settings: Settings): Verdict {
  const { policy, clock } = settings;
  return orUnenrolled(judgeManager(worker.session, clock(), policy), worker, settings);
}

/** Who has nothing to prove with is sent to enrolment, never through. */
function orUnenrolled(due: Allow | Refuse, { session }: Worker, settings: Settings): Verdict {
  if (due.kind === "allow") return undefined;
  // Who has proved one has one: no need to ask the store.
  if (session.secondFactor !== null) return due;
  return isEnrolled(session, settings).then((is) => (is ? due : refuse("second-factor-unenrolled")));
}

/** Whether somebody has anything to prove with: a factor, or a channel the host gives to everybody it can reach. */
export async function isEnrolled({ worker }: Session, { factors: { list } }: Settings): Promise<boolean> {
  const { factors, channels } = await list(worker);
  return factors.length > 0 || channels.length > 0;
}

/** Staff need a role that views; operators help under the same matrix; auditors read the log, not the orders. */
function decideRole(visitor: Visitor, { policy }: Settings): Refuse | undefined {
  if (visitor.kind !== "worker") return refuse("role-lacks-action");
  const { identity } = visitor;
  if (identity.kind === "operator") return undefined;
  if (identity.kind === "auditor") return refuse("role-lacks-action");
  return orNothing(decideAction(identity.roles, "view", policy));
}

/** Judges whether the registers let somebody see buyers' data; nothing stands in the way where the host keeps none. */
export async function judgeDuties(visitor: Visitor, { duties }: Settings): Promise<Refuse | undefined> {
  if (duties === null || visitor.kind !== "worker") return undefined;
  return await duties.judgeWorker(visitor.identity);
}

/** Judges whether it is on file how long records of some schemas are kept; nothing stands in the way where the host keeps no registers. */
export async function judgeSchedules(
  schemas: readonly string[],
  { duties }: Settings,
): Promise<Refuse | undefined> {
  return await duties?.judgeSchemas(schemas);
}

function orNothing(judged: Allow | Refuse): Refuse | undefined {
  return judged.kind === "refuse" ? judged : undefined;
}
