import type { LogEntry } from "../access.ts";

/** Records that did not reach a sink: how many, and between which places of the log, both inclusive. */
export interface Loss {
  readonly count: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export const NO_LOSS: Loss = Object.freeze({ count: 0, firstSeq: Number.POSITIVE_INFINITY, lastSeq: 0 });

/** Batches of several callers may become durable in another order than they are offered in: the range covers all of them. */
export function addToLoss(loss: Loss, entries: readonly LogEntry[]): Loss {
  let { firstSeq, lastSeq } = loss;
  for (const { seq } of entries) {
    firstSeq = Math.min(firstSeq, seq);
    lastSeq = Math.max(lastSeq, seq);
  }
  return { count: loss.count + entries.length, firstSeq, lastSeq };
}

export function describeLoss({ count, firstSeq, lastSeq }: Loss): string {
  const places = firstSeq === lastSeq ? `${firstSeq}` : `${firstSeq} to ${lastSeq}`;
  return `${count} access ${count === 1 ? "record" : "records"} (seq ${places})`;
}
