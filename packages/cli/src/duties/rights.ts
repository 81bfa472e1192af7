import { type ElevationName, type ElevationStatus, type PersonRights, reportRights } from "@garim/duties";
import { REASONS } from "@garim/policy";
import { withDesk } from "../ask/with-desk.ts";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, readRegisters } from "./with-registers.ts";

const ELEVATION_COLUMNS: readonly Column<ElevationStatus>[] = [
  { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
  { heading: { ko: "담당자", en: "staff" }, cell: ({ staffId }) => staffId },
  { heading: { ko: "역할", en: "roles" }, cell: ({ roles }) => roles.join(", ") },
  { heading: { ko: "상태", en: "state" }, cell: ({ state }) => state },
  { heading: { ko: "끝", en: "ends" }, cell: ({ endsAt }) => sayMoment(endsAt) },
  { heading: { ko: "승인한 사람", en: "agreed" }, cell: ({ approvedBy }) => approvedBy },
  { heading: { ko: "이유", en: "why" }, cell: ({ why }) => why },
  { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
];

const RIGHTS_COLUMNS: readonly Column<PersonRights>[] = [
  { heading: { ko: "담당자", en: "staff" }, cell: ({ staffId }) => staffId },
  { heading: { ko: "역할", en: "roles" }, cell: ({ roles }) => roles.join(", ") },
  { heading: { ko: "쓰지 않은 권한", en: "unused" }, cell: ({ unused }) => unused.join(", ") },
  { heading: { ko: "거둘 수 있는 역할", en: "could go" }, cell: ({ couldGo }) => couldGo.join(", ") },
  { heading: { ko: "계정을 함께 쓰는 징후", en: "signs of sharing" }, cell: saySigns },
];

/** Runs `garim duties elevations`. */
export async function runElevations(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ elevations }) => {
    await writeList(terminal, ELEVATION_COLUMNS, elevations.list(terminal.now(), options.seller), options);
  });
}

/** Runs `garim duties end-elevation`. */
export async function runEndElevation(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("end-elevation", file, options, context, async (given, { elevations }, keeper) => {
    const ended = await elevations.end(given as ElevationName, keeper);
    if ("kind" in ended) throw inputInvalid(REASONS[ended.reason].because.en);
    await writeDocument(context.terminal, ended, options, () => [
      `ended: ${ended.sellerId} ${ended.staffId}`,
    ]);
  });
}

/** Runs `garim duties rights`. */
export async function runRights(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const sellerId = options.seller ?? "";
  await withDesk("duties rights", options, context, async ({ log, asker, policy }) => {
    const people = async function* (): AsyncIterable<PersonRights> {
      for (let after: string | undefined; ; ) {
        const asked = { sellerId, ...(after === undefined ? {} : { after }) };
        const page = await reportRights({ log, policy }, asked, asker, terminal.now());
        yield* page.people;
        if (page.next === null) return;
        after = page.next;
      }
    };
    await writeList(terminal, RIGHTS_COLUMNS, people(), options);
  });
}

function saySigns({ sharedSigns }: PersonRights): string {
  return Object.entries(sharedSigns)
    .map(([sign, count]) => `${sign} ${count}`)
    .join(", ");
}

function sayMoment(at: number): string | null {
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}
