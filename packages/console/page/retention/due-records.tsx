import type { DuePage, DueRecord, FiledSchedule } from "@garim/duties";
import type { JSX } from "preact";
import { reasonText } from "../ended/reason.ts";
import { api } from "../kit/api.ts";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { kindText } from "./kind.ts";
import { say } from "./words.ts";

interface DueRecordsProps {
  readonly schedules: readonly FiledSchedule[];
  /** Another one each time it is to be asked anew. */
  readonly turn: number;
}

/** What is due within 30 days, and what of it is held. */
export function DueRecords({ schedules, turn }: DueRecordsProps): JSX.Element {
  return (
    <section>
      <h2>{say.due}</h2>
      <PagedTable
        caption={say.due}
        columns={columnsOf(schedules)}
        keyOf={({ recordType, store, id }) => JSON.stringify([recordType, store, id])}
        empty={say.dueNone}
        keys={[turn]}
        load={load}
      />
    </section>
  );
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<DueRecord>> {
  const query = { days: "30", ...(after === null ? {} : { after: String(after) }) };
  const path = `duties/due?${new URLSearchParams(query)}`;
  const { records, next } = await api<DuePage>("GET", path, undefined, { signal });
  return { rows: records, next };
}

function columnsOf(schedules: readonly FiledSchedule[]): readonly Column<DueRecord>[] {
  return [
    { heading: say.kind, cell: ({ recordType }) => kindText(recordType, schedules) },
    { heading: say.record, cell: ({ id }) => id },
    { heading: say.todo, cell: ({ step }) => (step === null ? say.stuck : say.steps[step]) },
    { heading: say.dueAt, cell: (record) => <Due record={record} /> },
    { heading: say.why, cell: (record) => <Why record={record} /> },
  ];
}

function Due({ record: { dueAt, isOverdue } }: { readonly record: DueRecord }): JSX.Element | null {
  if (dueAt === null) return null;
  return (
    <>
      <Time at={dueAt} isDay /> {isOverdue && <span class="tag wrong">{say.overdue}</span>}
    </>
  );
}

function Why({ record: { reason, heldBy } }: { readonly record: DueRecord }): JSX.Element {
  return (
    <>
      {reasonText(reason) ?? reason}
      {heldBy.length > 0 && <small class="soft">{say.holds(heldBy.join(", "))}</small>}
    </>
  );
}
