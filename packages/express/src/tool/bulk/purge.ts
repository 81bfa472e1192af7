import { type LineFacts, type Policy, purgeBy, purposeEnd } from "@garim/policy";
import type { JudgedRecord } from "../judge-answer.ts";

/**
 * Until when a tool must have destroyed a record: it stands in the record as `_purgeBy`. A record of several lines is needed as long as
 * the last of them.
 *
 * @returns an ISO text; `now` where a moment cannot be read
 * @source pipa/21, pipa/26
 */
export function purgeText({ recorded, share }: JudgedRecord, now: number, policy: Policy): string {
  const at = purgeBy(lastEnd(recorded.lines, policy), share.until, policy);
  return new Date(Number.isNaN(at) ? now : at).toISOString();
}

function lastEnd(lines: readonly LineFacts[], policy: Policy): number | null {
  const ends = lines.map((line) => purposeEnd(line, policy));
  if (ends.some((end) => end === null)) return null;
  return Math.max(...ends.map((end) => end ?? Number.NaN));
}
