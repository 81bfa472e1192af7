import { refuse } from "@garim/policy";
import { accessOf } from "../answer/access.ts";
import type { Settings } from "../start/settings.ts";
import type { AdmittedAsk } from "./admission.ts";
import { detailOf } from "./on-record.ts";
import { refuseWith } from "./refusal.ts";

const NOTHING_YET = { rows: 0, masked: 0, withheld: 0, subjects: 0 } as const;

/**
 * Keeps an ask that is too large for one person to decide about, and says so: somebody else has to agree, then it is asked for again.
 *
 * @source garim/download
 */
export async function keepForApproval(
  { passage, asked, ledger }: AdmittedAsk,
  settings: Settings,
): Promise<undefined> {
  const { clock, log, policy } = settings;
  const entry = await ledger.wait(asked);
  const deed = {
    at: clock(),
    action: "ask-download",
    outcome: "done",
    reason: "download-limit",
    purpose: entry.why,
    detail: detailOf({ ...entry, ...NOTHING_YET }),
  } as const;
  await log.append(accessOf(passage, deed, policy));
  return await refuseWith(passage, refuse("download-limit"), { download: entry.id }, settings);
}
