import type { AccessAction } from "@garim/audit";
import type { Keeper } from "@garim/duties";
import { decideAction, isGarimError, type Refuse, refuse, type WorkerIdentity } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { accessOf } from "../answer/access.ts";
import { problemAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { problemOfStatus } from "../answer/problem.ts";
import { type Outcome, type WorkerPassage, workerEndpoint } from "../privacy/worker.ts";
import { markEndpoint } from "../routes/route-mark.ts";
import { isAccountId } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor, judgeManage } from "../step-up/admission.ts";
import type { DutyGround } from "./ground.ts";

/** Who may use an endpoint of the registers. An owner is one of a seller's staff who may manage staff. */
type DutyUser = "owner" | "staff" | "operator" | "auditor";

export interface DutyPurpose {
  /** As its refusals are recorded. */
  readonly action: AccessAction;
  readonly who: readonly DutyUser[];
  /** Whether it changes a register: that takes what changing one's own second factor takes. */
  readonly isChange: boolean;
}

/** Where somebody keeps a register, and as whom. */
export interface DutyPlace {
  readonly keeper: Keeper;
  readonly identity: WorkerIdentity;
}

/** An endpoint of the registers. What cannot be put on file is answered with 400, naming the member. */
export function dutyEndpoint(
  { action, who, isChange }: DutyPurpose,
  ground: DutyGround,
  settings: Settings,
  serve: (passage: WorkerPassage, place: DutyPlace) => Promise<Outcome>,
): RequestHandler {
  const purpose = { action, stepUp: isChange ? "manage" : "view" } as const;
  const handle = workerEndpoint(purpose, settings, async (passage) => {
    const { visitor } = passage;
    const { identity } = visitor;
    if (!isAmong(identity, who, settings)) return refuse("role-lacks-action", settings.policy.edition);
    const due = await (isChange ? judgeManage(visitor, settings) : judgeFactor(visitor, "view", settings));
    if (due !== undefined) return due;
    await ground.follower.ready();
    const at = settings.clock();
    const keeper: Keeper = accessOf(passage, { at, action, outcome: "done" }, settings.policy);
    return await takeInput(passage, () => serve(passage, { keeper, identity }));
  });
  return markEndpoint(handle);
}

const UNREADABLE: ReadonlySet<string> = new Set(["ERR_GARIM_OPTION_INVALID", "ERR_GARIM_QUERY_INVALID"]);

/** Answers what cannot be put on file, or is no part of a list, with 400. */
export async function takeInput<T>(
  { req, res }: Pick<WorkerPassage, "req" | "res">,
  serve: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await serve();
  } catch (error) {
    if (!isGarimError(error) || !UNREADABLE.has(error.code)) throw error;
    // The registers' messages name members and what they take, never values.
    const problem = { ...problemOfStatus(400, languageOf(req)), code: error.code, detail: error.message };
    sendAnswer(res, problemAnswer(problem));
    return undefined;
  }
}

function isAmong(identity: WorkerIdentity, who: readonly DutyUser[], { policy }: Settings): boolean {
  if (identity.kind !== "staff") return who.includes(identity.kind);
  if (who.includes("staff")) return true;
  return who.includes("owner") && decideAction(identity.roles, "manageStaff", policy).kind === "allow";
}

/** Whose register is meant: one's own seller's, or the one that somebody of the marketplace names by `?seller=`. */
export function sellerOf({ query }: Request, identity: WorkerIdentity): string | undefined {
  const given = query["seller"];
  if (identity.kind === "staff") return identity.sellerId;
  if (identity.kind === "auditor" && identity.sellerId !== undefined) return identity.sellerId;
  return isAccountId(given) ? given : undefined;
}

/** Nobody of one seller keeps another's. */
export function refuseOther(
  sellerId: string | null,
  identity: WorkerIdentity,
  settings: Settings,
): Refuse | undefined {
  const isOwn = identity.kind !== "staff" || sellerId === identity.sellerId;
  return isOwn ? undefined : refuse("other-seller", settings.policy.edition);
}
