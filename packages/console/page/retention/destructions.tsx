import type { Destruction, FiledSchedule } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import { doerText } from "../kit/doer.ts";
import { Check } from "../kit/field.tsx";
import { below } from "../kit/host.ts";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { numberText } from "../kit/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { kindText } from "./kind.ts";
import { say } from "./words.ts";

/** Of the endpoint `duties/destructions`. */
interface Told {
  readonly destructions: readonly Destruction[];
  readonly next: string | null;
}

interface DestructionsProps {
  readonly schedules: readonly FiledSchedule[];
  /** Another one each time it is to be asked anew. */
  readonly turn: number;
  readonly mayConfirm: boolean;
}

/** What was destroyed, and whether another confirmed it. */
export function Destructions({ schedules, turn, mayConfirm }: DestructionsProps): JSX.Element {
  const [isOpenOnly, setOpenOnly] = useState(false);
  const [own, setOwn] = useState(0);
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<Destruction>> => {
    const query = {
      ...(isOpenOnly ? { open: "1" } : {}),
      ...(after === null ? {} : { after: String(after) }),
    };
    const path = `duties/destructions?${new URLSearchParams(query)}`;
    const { destructions, next } = await api<Told>("GET", path, undefined, { signal });
    return { rows: destructions, next };
  };
  const confirm = async ({ id }: Destruction): Promise<void> => {
    const question = { title: say.confirm, text: say.confirmLead, label: say.note, deed: say.confirm };
    const note = await askText({ ...question, maxLength: 500 });
    if (note === undefined) return;
    await apiProving("POST", `duties/destructions/${encodeURIComponent(id)}/confirmation`, { note });
    tell(say.said);
    setOwn(own + 1);
  };
  return (
    <section>
      <h2>{say.done}</h2>
      <p>
        <a href={below("duties/destructions/ledger")} target="_blank" rel="noreferrer">
          {say.ledger}
        </a>
      </p>
      <Check label={say.openOnly} isOn={isOpenOnly} onChange={setOpenOnly} />
      <PagedTable
        caption={say.done}
        columns={[...columnsOf(schedules), confirmation(mayConfirm ? confirm : undefined)]}
        keyOf={({ id }) => id}
        empty={say.doneNone}
        keys={[turn, own, isOpenOnly]}
        load={load}
      />
    </section>
  );
}

function columnsOf(schedules: readonly FiledSchedule[]): readonly Column<Destruction>[] {
  return [
    { heading: say.kind, cell: ({ recordType }) => kindText(recordType, schedules) },
    {
      heading: say.step,
      cell: ({ step, method }) => (
        <>
          {say.steps[step]}
          <small class="soft">{method}</small>
        </>
      ),
    },
    {
      heading: say.finishedAt,
      cell: ({ finishedAt }) => (finishedAt === null ? say.unfinished : <Time at={finishedAt} />),
    },
    {
      heading: say.records,
      isNumber: true,
      cell: ({ records, owedByTools }) => (
        <>
          {numberText(records)}
          {owedByTools > 0 && <small class="wrong">{say.owed(owedByTools)}</small>}
        </>
      ),
    },
    { heading: say.by, cell: ({ by }) => doerText(by) },
  ];
}

/** Nobody confirms the own deed: the endpoint refuses it, too. */
function confirmation(confirm: ((one: Destruction) => Promise<void>) | undefined): Column<Destruction> {
  return {
    heading: say.confirmed,
    cell: (one) => {
      const { confirmedAt, confirmedBy, note, duty, recordType } = one;
      if (confirmedAt !== null)
        return (
          <>
            <Time at={confirmedAt} isDay /> {confirmedBy !== null && doerText(confirmedBy)}
            <small class="soft">{note}</small>
          </>
        );
      if (duty === null) return "";
      return (
        <>
          {duty.kind === "duty" && (
            <span class={duty.isOverdue ? "tag wrong" : "tag"}>
              {say.dueAt} <Time at={duty.dueAt} isDay />
            </span>
          )}
          {confirm !== undefined && (
            <Button kind="plain" onClick={() => confirm(one)} of={recordType}>
              {say.confirm}
            </Button>
          )}
        </>
      );
    },
  };
}
