import { type Asker, everything, type Narrow, type PageRequest } from "@garim/audit";
import { decideAction, isGarimError, refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { accessOf } from "../answer/access.ts";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor } from "../step-up/admission.ts";
import { viewAccess } from "./access-view.ts";
import { membersOf } from "./input.ts";
import { refuseInput, type WorkerPassage, workerEndpoint } from "./worker.ts";

/**
 * `POST /accesses`: who of one's own shop, and which of its tools, saw what; for who manages its staff. The question is on record before
 * it is answered, as an auditor's is. By `POST`: whom somebody asks about stands in no address.
 *
 * @source notice-2026-9/8-1
 */
export function listAccesses(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "log-query", stepUp: "view" }, settings, async (passage) => {
    const { identity } = passage.visitor;
    const { policy } = settings;
    if (identity.kind !== "staff") return refuse("role-lacks-action", policy.edition);
    const allowed = decideAction(identity.roles, "manageStaff", policy);
    if (allowed.kind === "refuse") return allowed;
    const due = await judgeFactor(passage.visitor, "view", settings);
    if (due !== undefined) return due;
    return await answer(passage, identity.sellerId, settings);
  });
}

async function answer(passage: WorkerPassage, sellerId: string, settings: Settings): Promise<undefined> {
  const { req, res } = passage;
  const { log, clock, policy } = settings;
  const whole = accessOf(passage, { at: clock(), action: "log-query", outcome: "done" }, policy);
  const asker: Asker = { ...whole, within: { sellerId } };
  try {
    const { narrow, page } = readAsked(passage);
    const { entries, damaged, next, record } = await log.desk(asker).ask(everything(narrow), page);
    const language = languageOf(req);
    const body = {
      accesses: entries.map((entry) => viewAccess(entry, language)),
      damaged: damaged.length,
      next,
    };
    sendAnswer(res, { ...jsonAnswer(200, body), headers: { "Garim-Record": record.id } });
  } catch (error) {
    if (!isGarimError(error) || error.code !== "ERR_GARIM_QUERY_INVALID") throw error;
    refuseInput(passage, error.code);
  }
  return undefined;
}

const NARROWING = ["actor", "outcome", "actions", "from", "to"] as const;
const PAGING = ["before", "limit"] as const;

/** What it is narrowed by is checked where it is asked. */
function readAsked({ req }: WorkerPassage): { readonly narrow: Narrow; readonly page: PageRequest } {
  const given = membersOf(req);
  const take = (names: readonly string[]): object =>
    Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
  return { narrow: take(NARROWING) as Narrow, page: take(PAGING) as PageRequest };
}
