import type { Refuse } from "@garim/policy";
import type { Deed } from "../answer/access.ts";
import { problemAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { recordThenSend } from "../answer/passage.ts";
import { problemOfReason, statusOf } from "../answer/problem.ts";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";

/** What a refusal says besides its reason: names of fields that are none, what is wrong with a password, the ask that waits. */
export interface RefusalDetail {
  readonly names?: readonly string[];
  readonly problems?: readonly { readonly code: string; readonly detail: string }[];
  readonly download?: string;
}

/** Refuses, on record, and says more than the reason. */
export async function refuseWith(
  passage: WorkerPassage,
  { reason }: Pick<Refuse, "reason">,
  detail: RefusalDetail,
  settings: Settings,
): Promise<undefined> {
  const { req, action, purpose } = passage;
  const at = settings.clock();
  const deed: Deed = { at, action, outcome: "refused", reason, ...(purpose ? { purpose } : {}) };
  const problem = { ...problemOfReason(reason, statusOf(reason), languageOf(req)), ...detail };
  await recordThenSend(passage, deed, problemAnswer(problem), settings);
}
