import type { FiledSchedule, Proof } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { useDeed } from "../kit/button.tsx";
import { doerText } from "../kit/doer.ts";
import { Field, Select } from "../kit/field.tsx";
import { type Column, Table } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { kindText } from "./kind.ts";
import { say } from "./words.ts";

interface ProofsProps {
  readonly schedules: readonly FiledSchedule[];
}

/** What became of one record: a look-up by its kind and number, for whoever asks whether it was destroyed. */
export function Proofs({ schedules }: ProofsProps): JSX.Element | null {
  const [recordType, choose] = useState(schedules[0]?.recordType ?? "");
  const [id, type] = useState("");
  const [found, setFound] = useState<readonly Proof[] | undefined>(undefined);
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const query = new URLSearchParams({ type: recordType, id: id.trim() });
      const { proofs } = await api<{ readonly proofs: readonly Proof[] }>("GET", `duties/proofs?${query}`);
      setFound(proofs);
    });
  };
  if (schedules.length === 0) return null;
  return (
    <section>
      <h2>{say.proofs}</h2>
      <p>{say.proofsLead}</p>
      <form class="filters" onSubmit={send}>
        <Select
          label={say.kind}
          value={recordType}
          options={schedules.map((one) => ({
            value: one.recordType,
            text: kindText(one.recordType, schedules),
          }))}
          onChange={choose}
        />
        <Field label={say.record} value={id} onInput={type} maxLength={256} isRequired />
        <button type="submit" disabled={isBusy}>
          {say.proofsFind}
        </button>
      </form>
      <div aria-live="polite">
        {found !== undefined && (
          <Table
            caption={say.proofs}
            columns={COLUMNS}
            rows={found}
            keyOf={({ destruction }) => destruction.id}
            empty={say.proofsNone}
          />
        )}
      </div>
    </section>
  );
}

const COLUMNS: readonly Column<Proof>[] = [
  { heading: say.finishedAt, cell: ({ destroyedAt }) => <Time at={destroyedAt} /> },
  {
    heading: say.step,
    cell: ({ destruction: { step, method } }) => (
      <>
        {say.steps[step]} <small class="soft">{method}</small>
      </>
    ),
  },
  { heading: say.by, cell: ({ destruction: { by } }) => doerText(by) },
  {
    heading: say.confirmed,
    cell: ({ destruction: { confirmedAt, confirmedBy } }) =>
      confirmedAt === null ? (
        <span class="soft">{say.unconfirmed}</span>
      ) : (
        <>
          <Time at={confirmedAt} isDay /> {confirmedBy === null ? "" : doerText(confirmedBy)}
        </>
      ),
  },
  { heading: say.certificate, cell: ({ destruction: { id } }) => <code>{id}</code> },
];
