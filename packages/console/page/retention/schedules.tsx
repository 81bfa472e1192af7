import type { FiledSchedule } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { type Column, Table } from "../kit/table.tsx";
import { tell } from "../kit/toast.tsx";
import { language } from "../kit/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { say } from "./words.ts";

interface SchedulesProps {
  readonly schedules: readonly FiledSchedule[];
  readonly mayEdit: boolean;
  readonly onChange: () => void;
}

/** How long each kind of record is kept, and how it is destroyed. */
export function Schedules({ schedules, mayEdit, onChange }: SchedulesProps): JSX.Element {
  /** `null` for a new one. */
  const [edited, edit] = useState<FiledSchedule | null | undefined>(undefined);
  const end = async ({ recordType, title }: FiledSchedule): Promise<void> => {
    const question = { title: `${title[language]}: ${say.endSchedule}`, text: say.endScheduleLead };
    if (!(await askFirst({ ...question, deed: say.endSchedule, kind: "danger" }))) return;
    await apiProving("DELETE", `duties/schedules/${encodeURIComponent(recordType)}`, {});
    tell(say.scheduleEnded);
    onChange();
  };
  return (
    <section>
      <h2>{say.schedules}</h2>
      {mayEdit && (
        <p>
          <Button onClick={() => edit(null)}>{say.newSchedule}</Button>
        </p>
      )}
      <Table
        caption={say.schedules}
        columns={mayEdit ? [...COLUMNS, deeds(edit, end)] : COLUMNS}
        rows={schedules}
        keyOf={({ recordType }) => recordType}
        empty={say.schedulesNone}
      />
      {edited !== undefined && (
        <ScheduleDialog first={edited} onClose={() => edit(undefined)} onFiled={onChange} />
      )}
    </section>
  );
}

const COLUMNS: readonly Column<FiledSchedule>[] = [
  {
    heading: say.kind,
    cell: ({ title, recordType }) => (
      <>
        {title[language]} <small class="soft">{recordType}</small>
      </>
    ),
  },
  { heading: say.endsWith, cell: ({ endsWith }) => endsWith },
  {
    heading: say.keeps,
    cell: ({ keeps, apartIn }) => (
      <>
        {keeps.length === 0 ? say.keepsNone : keeps.map((kind) => say.kept[kind]).join(", ")}
        {apartIn !== null && <small class="soft">{apartIn}</small>}
      </>
    ),
  },
  { heading: say.method, cell: ({ method }) => method },
];

function deeds(
  edit: (schedule: FiledSchedule) => void,
  end: (schedule: FiledSchedule) => Promise<void>,
): Column<FiledSchedule> {
  return {
    heading: say.change,
    cell: (schedule) => (
      <>
        <Button kind="plain" onClick={() => edit(schedule)} of={schedule.recordType}>
          {say.change}
        </Button>
        <Button kind="plain" onClick={() => end(schedule)} of={schedule.recordType}>
          {say.endSchedule}
        </Button>
      </>
    ),
  };
}
