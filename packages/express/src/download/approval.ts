import { HOUR, type Refuse, refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { emptyAnswer } from "../answer/answer.ts";
import { recordThenSend } from "../answer/passage.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput, type WorkerPassage, workerEndpoint } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { judgeFactor } from "../step-up/admission.ts";
import type { DownloadEntry } from "./ledger/entry.ts";
import { detailOf } from "./on-record.ts";
import { findDownload, isOwnDownload, mayDownload } from "./passage.ts";

/**
 * `POST /:id/approval` `{ agrees }`: a second person says whether a large download may be made. Another of the seller's staff who may
 * download; where the seller is one person, the marketplace's operator. Takes a second factor as fresh as a download.
 *
 * @source garim/download
 */
export function decideLarge(settings: Settings): RequestHandler {
  return workerEndpoint({ action: "approve-download", stepUp: "download" }, settings, async (passage) => {
    const { visitor, req } = passage;
    const { agrees } = membersOf(req);
    if (typeof agrees !== "boolean") return refuseInput(passage, "agrees-missing");
    const due = await judgeFactor(visitor, "download", settings);
    if (due !== undefined) return due;
    const entry = await findDownload(passage, settings);
    if ("kind" in entry) return entry;
    const refusal = await judgeApprover(entry, passage, settings);
    return refusal ?? (await decide(entry, agrees, passage, settings));
  });
}

async function judgeApprover(
  entry: DownloadEntry,
  passage: WorkerPassage,
  settings: Settings,
): Promise<Refuse | undefined> {
  const { identity } = passage.visitor;
  const isAllowed =
    identity.kind === "operator"
      ? await settings.downloads.isSoleTrader(entry.seller)
      : mayDownload(passage, settings) && !isOwnDownload(entry, passage);
  return isAllowed ? undefined : refuse("download-approver", settings.policy.edition);
}

async function decide(
  entry: DownloadEntry,
  agrees: boolean,
  passage: WorkerPassage,
  settings: Settings,
): Promise<Refuse | undefined> {
  const { clock, policy, downloads } = settings;
  const at = clock();
  const until = entry.askedAt + policy.approvalHours * HOUR;
  const approver = passage.visitor.session.worker.id;
  const ledger = await downloads.ledger();
  const decided = at > until ? undefined : await ledger.decide(entry.id, { approver, agrees, at, until });
  if (decided === undefined) return refuse("download-approval-unknown", policy.edition);
  const detail = { ...detailOf(decided), decision: agrees ? "agreed" : "declined" };
  const target = { kind: "staff", id: entry.staff, sellerId: entry.seller } as const;
  const deed = {
    at,
    action: "approve-download",
    outcome: "done",
    purpose: entry.why,
    detail,
    target,
  } as const;
  await recordThenSend(passage, deed, emptyAnswer(204), settings);
  return undefined;
}
