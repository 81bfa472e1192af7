import type { Purges, ReadOrder } from "@garim/duties";
import { type LineFacts, type Policy, purgeBy, purposeEnd } from "@garim/policy";
import type { JudgedRecord } from "../judge-answer.ts";

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

/** Notes what a tool owes from now on, by seller. What has no name nobody can give a receipt for. */
export async function owePurges(
  purges: Purges,
  toolId: string,
  records: readonly JudgedRecord[],
  now: number,
  policy: Policy,
): Promise<void> {
  const sellers = new Map<string, ReadOrder[]>();
  for (const record of records) {
    const { line, share, recorded } = record;
    if (line === null || recorded.disclosure.kind === "withhold") continue;
    const orders = sellers.get(share.sellerId) ?? [];
    orders.push({ orderId: line, purgeBy: purgeMoment(record, now, policy) });
    sellers.set(share.sellerId, orders);
  }
  await Promise.all([...sellers].map(([sellerId, orders]) => purges.owe(toolId, sellerId, orders, now)));
}

function lastEnd(lines: readonly LineFacts[], policy: Policy): number | null {
  const ends = lines.map((line) => purposeEnd(line, policy));
  if (ends.some((end) => end === null)) return null;
  return Math.max(...ends.map((end) => end ?? Number.NaN));
}
