import type { Worker } from "@garim/auth";
import { decideAction, type Refuse, refuse, type WorkerIdentity } from "@garim/policy";
import type { RequestHandler } from "express";
import { ACCOUNT_DEEDS, type AccountDeed, actorOfAccount, doAccountDeed } from "../account-deeds.ts";
import { emptyAnswer, jsonAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { refusePassage } from "../answer/passage.ts";
import { isAccountId, viewAccount } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { judgeManage } from "../step-up/admission.ts";
import type { Worker as Visitor } from "../visit/visitor.ts";
import { viewSessions } from "./sessions.ts";
import {
  type Outcome,
  type Purpose,
  recordDone,
  refuseInput,
  type WorkerPassage,
  workerEndpoint,
} from "./worker.ts";

/*
 * What an owner does to accounts of the own seller's staff, and the marketplace's operators to those of any seller, named by
 * `?seller=`. Nobody does it to their own account: whoever took it over would else throw the person out of it.
 */

/** `GET /staff/:staffId` */
export function viewStaff(settings: Settings): RequestHandler {
  return staffEndpoint({ action: "view-account", stepUp: "manage" }, settings, async (passage, worker) => {
    const { sessions, ...account } = await viewAccount(worker, settings);
    const told = { ...account, sessions: viewSessions(sessions, languageOf(passage.req), "") };
    return await recordDone(passage, jsonAnswer(200, told), settings);
  });
}

/** `DELETE /staff/:staffId/sessions` and `/staff/:staffId/sessions/:name` */
export function endStaffSessions(settings: Settings): RequestHandler {
  return staffEndpoint({ action: "end-sessions" }, settings, async (passage, worker) => {
    const { name } = passage.req.params;
    if (name === undefined) await settings.sessions.endAll(worker, "session-revoked");
    else if (!(await settings.sessions.endNamed(worker, String(name)))) return refuse("session-unknown");
    return await recordDone(passage, emptyAnswer(204), settings);
  });
}

/** `POST /staff/:staffId/reset`, `unlock`, `dismiss`, `reinstate`, `reactivate` */
export function administer(deed: AccountDeed, settings: Settings): RequestHandler {
  return staffEndpoint({ action: ACCOUNT_DEEDS[deed] }, settings, async (passage, worker) => {
    await doAccountDeed(deed, worker, settings);
    return await recordDone(passage, emptyAnswer(204), settings);
  });
}

function staffEndpoint(
  purpose: Purpose,
  settings: Settings,
  serve: (passage: WorkerPassage, worker: Worker) => Promise<Outcome>,
): RequestHandler {
  return workerEndpoint(purpose, settings, async (own) => {
    const worker = findStaff(own);
    if (worker === undefined) return refuseInput(own, "seller-or-staff-invalid");
    const passage: WorkerPassage = { ...own, target: actorOfAccount(worker) };
    const refusal =
      (await judgeAdministration(own.visitor, worker, settings)) ?? (await serve(passage, worker));
    // Refused here, so that the record says whom it was about.
    if (refusal !== undefined) await refusePassage(passage, refusal, settings);
    return undefined;
  });
}

/** Whose account is meant; `undefined` where nobody can tell. */
function findStaff({ req, visitor: { identity } }: WorkerPassage): Worker | undefined {
  const { staffId } = req.params;
  const { seller = identity.kind === "staff" ? identity.sellerId : undefined } = req.query;
  return isAccountId(staffId) && isAccountId(seller)
    ? { kind: "staff", id: staffId, sellerId: seller }
    : undefined;
}

/** Whether somebody may touch an account, and proved enough for it. */
async function judgeAdministration(
  visitor: Visitor,
  worker: Worker,
  settings: Settings,
): Promise<Refuse | undefined> {
  return judgeRight(visitor.identity, worker, settings) ?? (await judgeManage(visitor, settings));
}

function judgeRight(
  identity: WorkerIdentity,
  { id, sellerId }: Worker,
  { policy }: Settings,
): Refuse | undefined {
  if (identity.kind === "operator") return undefined;
  if (identity.kind === "auditor") return refuse("role-lacks-action", policy.edition);
  const allowed = decideAction(identity.roles, "manageStaff", policy);
  if (allowed.kind === "refuse") return allowed;
  if (sellerId !== identity.sellerId) return refuse("other-seller", policy.edition);
  return id === identity.staffId ? refuse("own-account", policy.edition) : undefined;
}
