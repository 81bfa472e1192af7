import { type LegalHold, readHolds } from "@garim/audit";
import { readCommandMoment } from "../ask/moment.ts";
import { withLog } from "../connect/with-log.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { HoldAddOptions, HoldListOptions, HoldReleaseOptions } from "./command.ts";
import { withRetention } from "./with-retention.ts";

/** Runs `garim hold add`. */
export async function runHoldAdd(options: HoldAddOptions, context: VerbContext): Promise<void> {
  const from = readCommandMoment("--from", options.from);
  const to = options.to === undefined ? null : readCommandMoment("--to", options.to);
  const { reason } = options;
  await withRetention({ verb: "hold add" }, options, context, async ({ retention }) => {
    const { id, record, gone } = await retention.hold({ from, to, reason });
    await writeDocument(context.terminal, { id, record, gone }, options, () => [
      `hold ${id}, on record at place ${record.seq}`,
      ...(gone.length === 0 ? [] : [`Destroyed before it, and beyond it: ${gone.join(", ")}`]),
    ]);
  });
}

/** Runs `garim hold release`. */
export async function runHoldRelease(
  id: string,
  options: HoldReleaseOptions,
  context: VerbContext,
): Promise<void> {
  await withRetention({ verb: "hold release" }, options, context, async ({ retention }) => {
    const record = await retention.release(id, options.reason);
    await writeDocument(context.terminal, { id, record }, options, () => [
      `released ${id}, on record at place ${record.seq}`,
    ]);
  });
}

const COLUMNS: readonly Column<LegalHold>[] = [
  { heading: { ko: "ID", en: "id" }, cell: ({ id }) => id },
  { heading: { ko: "시작", en: "from" }, cell: ({ from }) => sayMoment(from) },
  { heading: { ko: "끝", en: "to" }, cell: ({ to }) => sayMoment(to) },
  { heading: { ko: "사유", en: "reason" }, cell: ({ reason }) => reason },
  { heading: { ko: "지정자", en: "by" }, cell: ({ by }) => by },
  { heading: { ko: "지정일시", en: "placed" }, cell: ({ placedAt }) => sayMoment(placedAt) },
  { heading: { ko: "해제일시", en: "released" }, cell: ({ releasedAt }) => sayMoment(releasedAt) },
];

/** Runs `garim hold list`. */
export async function runHoldList(options: HoldListOptions, context: VerbContext): Promise<void> {
  await withLog(context, options, { mode: "read" }, async (connection) => {
    await writeList(context.terminal, COLUMNS, await readHolds(connection), options);
  });
}

function sayMoment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
