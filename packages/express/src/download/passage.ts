import { decideAction, type Refuse, refuse } from "@garim/policy";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { isDownloadId } from "./ask.ts";
import type { DownloadEntry } from "./ledger/entry.ts";

/** Whether somebody answers for all downloads of their seller: whoever manages its staff. */
export function isManager({ visitor: { identity } }: WorkerPassage, { policy }: Settings): boolean {
  return identity.kind === "staff" && decideAction(identity.roles, "manageStaff", policy).kind === "allow";
}

/**
 * Finds the download a request names. Somebody else's is one that is not there; a manager finds those of the seller, an operator any.
 */
export async function findDownload(
  passage: WorkerPassage,
  settings: Settings,
): Promise<DownloadEntry | Refuse> {
  const { id } = passage.req.params;
  const ledger = await settings.downloads.ledger();
  const entry = isDownloadId(id) ? await ledger.find(id) : undefined;
  return entry !== undefined && maySee(entry, passage, settings)
    ? entry
    : refuse("download-unknown", settings.policy.edition);
}

function maySee(entry: DownloadEntry, passage: WorkerPassage, settings: Settings): boolean {
  const { identity } = passage.visitor;
  if (identity.kind === "operator") return true;
  if (identity.kind !== "staff" || entry.seller !== identity.sellerId) return false;
  return entry.staff === identity.staffId || mayDownload(passage, settings);
}

/** Whoever may download may agree to another's, and so has to see what it is. */
export function mayDownload({ visitor: { identity } }: WorkerPassage, { policy }: Settings): boolean {
  return identity.kind === "staff" && decideAction(identity.roles, "download", policy).kind === "allow";
}

/** Whether a download is one's own. */
export function isOwnDownload(entry: DownloadEntry, { visitor: { identity } }: WorkerPassage): boolean {
  return identity.kind === "staff" && entry.seller === identity.sellerId && entry.staff === identity.staffId;
}
