import type { AccessAction } from "@garim/audit";
import { refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { type Answer, emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { recordThenSend } from "../answer/passage.ts";
import { refuseInput, type WorkerPassage, workerEndpoint } from "../privacy/worker.ts";
import { isAccountId } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor } from "../step-up/admission.ts";
import { markBackground } from "../visit/visitor.ts";
import type { DownloadEntry } from "./ledger/entry.ts";
import { detailOf } from "./on-record.ts";
import { findDownload, isManager, isOwnDownload } from "./passage.ts";
import { viewOf } from "./view.ts";

const MOST_LISTED = 200;

/** `GET /`: the ledger, newest first: one's own, all of the seller for who manages its staff, any seller's (`?seller=`) for an operator. */
export function listDownloads(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "ask-download", stepUp: "view" }, settings, async (passage) => {
    const { req, res, visitor } = passage;
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    const whose = whoseList(passage, settings);
    if (whose === undefined) return refuse("role-lacks-action", settings.policy.edition);
    if (!isAccountId(whose.seller)) return refuseInput(passage, "seller-or-staff-invalid");
    await settings.downloads.sweep();
    const entries = await (await settings.downloads.ledger()).list(whose, MOST_LISTED);
    const now = settings.clock();
    const told = entries.map((entry) => viewOf(entry, now, languageOf(req)));
    sendAnswer(res, jsonAnswer(200, { now, downloads: told }));
    return undefined;
  });
}

function whoseList(
  passage: WorkerPassage,
  settings: Settings,
): { readonly seller: string; readonly staff?: string } | undefined {
  const { identity } = passage.visitor;
  if (identity.kind === "operator") return { seller: String(passage.req.query["seller"] ?? "") };
  if (identity.kind !== "staff") return undefined;
  const { sellerId: seller, staffId: staff } = identity;
  return isManager(passage, settings) ? { seller } : { seller, staff };
}

/** `GET /:id`: how far it is. Asking is no activity. */
export function tellDownload(settings: Settings): RequestHandler {
  const tell = workerEndpoint({ action: "ask-download", stepUp: "view" }, settings, async (passage) => {
    await settings.downloads.sweep();
    const entry = await findDownload(passage, settings);
    if ("kind" in entry) return entry;
    const { req, res } = passage;
    sendAnswer(res, jsonAnswer(200, viewOf(entry, settings.clock(), languageOf(req))));
    return undefined;
  });
  return (req, res, next) => {
    markBackground(req);
    return tell(req, res, next);
  };
}

/** `POST /:id/cancel`: no file is made. What is made already can be let expire. */
export function cancelDownload(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "cancel-download", stepUp: "view" }, settings, async (passage) => {
    const entry = await findDownload(passage, settings);
    if ("kind" in entry) return entry;
    if (!isOwnDownload(entry, passage) && !isManager(passage, settings))
      return refuse("role-lacks-action", settings.policy.edition);
    const ledger = await settings.downloads.ledger();
    const isEnded = await ledger.end(entry.id, "cancelled", "download-cancelled", settings.clock());
    if (!isEnded) return refuse("download-unknown", settings.policy.edition);
    settings.downloads.live.get(entry.id)?.stop("download-cancelled");
    return await recordThen(passage, "cancel-download", entry, emptyAnswer(204), settings);
  });
}

/**
 * `POST /:id/destroyed`: whoever has the file says that it is gone.
 *
 * @source notice-2026-9/12, pipa/21
 */
export function confirmDestroyed(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "destroy-download", stepUp: "view" }, settings, async (passage) => {
    const { visitor } = passage;
    const due = await judgeFactor(visitor, "view", settings);
    if (due !== undefined) return due;
    const entry = await findDownload(passage, settings);
    if ("kind" in entry) return entry;
    if (!isOwnDownload(entry, passage) && !isManager(passage, settings))
      return refuse("role-lacks-action", settings.policy.edition);
    const ledger = await settings.downloads.ledger();
    const isConfirmed = await ledger.confirmDestroyed(entry.id, visitor.session.worker.id, settings.clock());
    if (!isConfirmed) return refuse("download-unknown", settings.policy.edition);
    return await recordThen(passage, "destroy-download", entry, emptyAnswer(204), settings);
  });
}

async function recordThen(
  passage: WorkerPassage,
  action: AccessAction,
  entry: DownloadEntry,
  answer: Answer,
  settings: Settings,
): Promise<undefined> {
  const { why: purpose, file } = entry;
  const left = file === null ? {} : { file };
  const deed = {
    at: settings.clock(),
    action,
    outcome: "done",
    purpose,
    detail: detailOf(entry),
    ...left,
  } as const;
  await recordThenSend({ ...passage, action }, deed, answer, settings);
}
