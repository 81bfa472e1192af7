import type { DataHold, FiledSchedule } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import { doerText } from "../kit/doer.ts";
import { Check } from "../kit/field.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { HoldDialog } from "./hold-dialog.tsx";
import { kindText } from "./kind.ts";
import { say } from "./words.ts";

/** Of the endpoint `duties/data-holds`. */
interface Told {
  readonly holds: readonly DataHold[];
  readonly next: string | null;
}

interface HoldsProps {
  readonly schedules: readonly FiledSchedule[];
  /** Told when what is due may have changed. */
  readonly onChange: () => void;
}

/** Records that nobody may destroy until somebody releases them. */
export function Holds({ schedules, onChange }: HoldsProps): JSX.Element {
  const [isAll, showAll] = useState(false);
  const [isPlacing, setPlacing] = useState(false);
  const [turn, setTurn] = useState(0);
  const changed = (): void => {
    setTurn(turn + 1);
    onChange();
  };
  const release = async ({ id }: DataHold): Promise<void> => {
    const question = { title: say.release, text: say.releaseLead, label: say.holdWhy, deed: say.release };
    const reason = await askText({ ...question, maxLength: LONGEST });
    if (reason === undefined) return;
    await apiProving("DELETE", `duties/data-holds/${encodeURIComponent(id)}`, { reason });
    tell(say.released);
    changed();
  };
  return (
    <section>
      <h2>{say.holdsTitle}</h2>
      <p>{say.holdsLead}</p>
      <Button onClick={() => setPlacing(true)}>{say.hold}</Button>
      <Check label={say.holdsAll} isOn={isAll} onChange={showAll} />
      <PagedTable
        caption={say.holdsTitle}
        columns={[...columnsOf(schedules), releaseColumn(release)]}
        keyOf={({ id }) => id}
        empty={say.holdsNone}
        keys={[turn, isAll]}
        load={(after, signal) => load(isAll, after, signal)}
      />
      {isPlacing && <HoldDialog schedules={schedules} onClose={() => setPlacing(false)} onPlaced={changed} />}
    </section>
  );
}

const LONGEST = 1_000;

async function load(
  isAll: boolean,
  after: string | number | null,
  signal: AbortSignal,
): Promise<Rows<DataHold>> {
  const query = { ...(isAll ? {} : { open: "1" }), ...(after === null ? {} : { after: String(after) }) };
  const path = `duties/data-holds?${new URLSearchParams(query)}`;
  const { holds, next } = await api<Told>("GET", path, undefined, { signal });
  return { rows: holds, next };
}

function columnsOf(schedules: readonly FiledSchedule[]): readonly Column<DataHold>[] {
  return [
    {
      heading: say.kind,
      cell: ({ recordType }) => (recordType === "*" ? say.everyKind : kindText(recordType, schedules)),
    },
    {
      heading: say.records,
      cell: ({ recordIds }) => (recordIds === null ? say.everyRecord : recordIds.join(", ")),
    },
    { heading: say.holdWhy, cell: ({ reason }) => reason },
    {
      heading: say.placed,
      cell: ({ placedAt, placedBy }) => (
        <>
          <Time at={placedAt} isDay /> <small class="soft">{doerText(placedBy)}</small>
        </>
      ),
    },
  ];
}

function releaseColumn(release: (hold: DataHold) => Promise<void>): Column<DataHold> {
  return {
    heading: say.release,
    cell: (hold) => {
      const { releasedAt, releasedBy, recordType, reason } = hold;
      if (releasedAt === null)
        return (
          <Button kind="plain" onClick={() => release(hold)} of={`${recordType} ${reason}`}>
            {say.release}
          </Button>
        );
      return (
        <>
          <Time at={releasedAt} isDay />{" "}
          <small class="soft">{releasedBy !== null && doerText(releasedBy)}</small>
        </>
      );
    },
  };
}
