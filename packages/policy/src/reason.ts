import { ACCESS_REASONS, type AccessReason } from "./reasons/access.ts";
import { DISCLOSURE_REASONS, type DisclosureReason } from "./reasons/disclosure.ts";
import { DOWNLOAD_REASONS, type DownloadReason } from "./reasons/download.ts";
import { DUTY_REASONS, type DutyReason } from "./reasons/duty.ts";
import type { ReasonEntry } from "./reasons/entry.ts";
import { RIGHT_REASONS, type RightReason } from "./reasons/right.ts";
import { SIGNAL_REASONS, type SignalReason } from "./reasons/signal.ts";
import { TOOL_REASONS, type ToolReason } from "./reasons/tool.ts";

/** The code of a reason. */
export type Reason =
  | DisclosureReason
  | AccessReason
  | DownloadReason
  | SignalReason
  | ToolReason
  | DutyReason
  | RightReason;

/** Every reason a decision can have: the code programs read, its source, and the words people read. */
export const REASONS: Readonly<Record<Reason, ReasonEntry>> = Object.freeze({
  ...DISCLOSURE_REASONS,
  ...ACCESS_REASONS,
  ...DOWNLOAD_REASONS,
  ...SIGNAL_REASONS,
  ...TOOL_REASONS,
  ...DUTY_REASONS,
  ...RIGHT_REASONS,
});
