import type { Purges, ReadOrder } from "@garim/duties";
import { type LineFacts, NO_KINDS, type Policy, purgeBy, purposeEnd } from "@garim/policy";
import type { JudgedRecord } from "./judge-answer.ts";

/**
 * Until when a tool must have destroyed a record: it stands in the record as `_purgeBy`. A record of several lines is needed as long as
 * the last of them.
 *
 * @returns UTC milliseconds; `now` where a moment cannot be read
 * @source pipa/21, pipa/26
 */
export function purgeMoment({ recorded, share }: JudgedRecord, now: number, policy: Policy): number {
  const at = purgeBy(lastEnd(recorded.lines, policy), share.until, policy);
  return Number.isNaN(at) ? now : at;
}

/** Notes what a tool owes for an answer. What has no name nobody can give a receipt for. */
export async function owePurges(
  purges: Purges,
  toolId: string,
  records: readonly JudgedRecord[],
  now: number,
  policy: Policy,
): Promise<void> {
  const orders = records.flatMap((record) => orderOf(record, now, policy) ?? []);
  if (orders.length > 0) await purges.owe(toolId, orders, now);
}

function orderOf(record: JudgedRecord, now: number, policy: Policy): ReadOrder | undefined {
  const { line: orderId, share, recorded } = record;
  const { kind, clear } = recorded.disclosure;
  if (orderId === null || kind === "withhold") return undefined;
  const purgeBy = purgeMoment(record, now, policy);
  return { sellerId: share.sellerId, orderId, purgeBy, isClear: clear !== NO_KINDS };
}

function lastEnd(lines: readonly LineFacts[], policy: Policy): number | null {
  const ends = lines.map((line) => purposeEnd(line, policy));
  if (ends.some((end) => end === null)) return null;
  return Math.max(...ends.map((end) => end ?? Number.NaN));
}
