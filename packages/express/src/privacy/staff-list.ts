import type { Worker } from "@garim/auth";
import { decideAction, refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { isAccountId } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { judgeManage } from "../step-up/admission.ts";
import { type Outcome, refuseInput, type WorkerPassage, workerEndpoint } from "./worker.ts";

/** As many records of roles as are looked through, and as many people as are told. */
const MOST_RECORDS = 1_000;
const MOST_PEOPLE = 200;

/** Somebody of a shop, as the log knows them: who never logged in is not among them. */
interface StaffView {
  readonly id: string;
  /** Those of the last log-in. */
  readonly roles: readonly string[];
  /** Since when they have these roles; UTC milliseconds. */
  readonly rolesAt: number;
  readonly standing: Awaited<ReturnType<Settings["readStanding"]>>;
}

/** `GET /staff`: whoever has come in as staff of a shop, with roles and standing; for its owners, and for operators by `?seller=`. */
export function listStaff(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "view-account", stepUp: "manage" }, settings, async (passage) => {
    const { identity } = passage.visitor;
    const { policy } = settings;
    if (identity.kind === "auditor") return refuse("role-lacks-action", policy.edition);
    if (identity.kind === "staff") {
      const allowed = decideAction(identity.roles, "manageStaff", policy);
      if (allowed.kind === "refuse") return allowed;
    }
    const due = await judgeManage(passage.visitor, settings);
    return due ?? (await answer(passage, settings));
  });
}

async function answer(passage: WorkerPassage, settings: Settings): Promise<Outcome> {
  const { req, res, visitor } = passage;
  const { identity } = visitor;
  const seller = identity.kind === "staff" ? identity.sellerId : req.query["seller"];
  if (!isAccountId(seller)) return refuseInput(passage, "seller-or-staff-invalid");
  const staff = await findStaff(seller, settings);
  sendAnswer(res, jsonAnswer(200, { staff }));
  return undefined;
}

async function findStaff(sellerId: string, { log, readStanding }: Settings): Promise<readonly StaffView[]> {
  const filter = { kind: "system", seller: sellerId, actions: ["change-roles"] } as const;
  const { entries } = await log.find(filter, { limit: MOST_RECORDS });
  const newest = new Map<string, { readonly roles: readonly string[]; readonly rolesAt: number }>();
  for (const { access } of entries) {
    const id = access.target?.id;
    if (id === undefined || newest.has(id) || newest.size === MOST_PEOPLE) continue;
    newest.set(id, { roles: readRoles(access.detail?.["after"]), rolesAt: access.at });
  }
  const people = [...newest].sort(([one], [other]) => one.localeCompare(other));
  return await Promise.all(
    people.map(async ([id, known]) => {
      const worker: Worker = { kind: "staff", id, sellerId };
      return { id, ...known, standing: await readStanding(worker) };
    }),
  );
}

/** Roles stand in the record as JSON; a very long list was cut there, and is told as one text. */
function readRoles(text: unknown): readonly string[] {
  try {
    const roles: unknown = JSON.parse(String(text));
    return Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
  } catch {
    return [String(text)];
  }
}
