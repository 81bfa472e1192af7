import type { Agreement as Signed } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button, useDeed } from "../kit/button.tsx";
import { dayOf, startOfDay } from "../kit/day.ts";
import { askFirst, Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { type Agreement, toolText } from "./contract.ts";
import { Standing, Term, TermFields } from "./paper.tsx";
import { say } from "./words.ts";

interface Told {
  readonly agreements: readonly Agreement[];
  readonly next: string | null;
}

/** What the marketplace signed with tools: without it a tool reads nothing of any seller. */
export function Agreements({ mayEdit }: { readonly mayEdit: boolean }): JSX.Element {
  /** `null` for a new one. */
  const [edited, edit] = useState<Agreement | null | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const changed = (): void => setTurn(turn + 1);
  const end = async (one: Agreement): Promise<void> => {
    const question = { title: `${toolText(one)}: ${say.end}`, text: say.endAgreementDoes, deed: say.end };
    if (!(await askFirst({ ...question, kind: "danger" }))) return;
    await apiProving("DELETE", pathOf(one), {});
    tell(say.ended);
    changed();
  };
  return (
    <section>
      <p>{say.agreementsLead}</p>
      {mayEdit && (
        <p>
          <Button onClick={() => edit(null)}>{say.addAgreement}</Button>
        </p>
      )}
      <PagedTable
        caption={say.agreements}
        columns={mayEdit ? [...COLUMNS, deeds(edit, end)] : COLUMNS}
        keyOf={({ toolId }) => toolId}
        empty={say.agreementsNone}
        keys={[turn]}
        load={load}
      />
      {edited !== undefined && (
        <AgreementDialog first={edited} onClose={() => edit(undefined)} onFiled={changed} />
      )}
    </section>
  );
}

function pathOf({ toolId }: Pick<Signed, "toolId">): string {
  return `duties/agreements/${encodeURIComponent(toolId.trim())}`;
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<Agreement>> {
  const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
  const { agreements, next } = await api<Told>("GET", `duties/agreements${query}`, undefined, { signal });
  return { rows: agreements, next };
}

const COLUMNS: readonly Column<Agreement>[] = [
  { heading: say.parties.tool, cell: toolText },
  { heading: say.version, cell: ({ version }) => version },
  { heading: say.period, cell: (one) => <Term paper={one} /> },
  { heading: say.document, cell: ({ document }) => document },
  { heading: say.standing, cell: (one) => <Standing paper={one} /> },
];

function deeds(edit: (one: Agreement) => void, end: (one: Agreement) => Promise<void>): Column<Agreement> {
  return {
    heading: say.change,
    cell: (one) => (
      <>
        <Button kind="plain" onClick={() => edit(one)} of={toolText(one)}>
          {say.change}
        </Button>
        {one.reason === null && (
          <Button kind="plain" onClick={() => end(one)} of={toolText(one)}>
            {say.end}
          </Button>
        )}
      </>
    ),
  };
}

interface AgreementDialogProps {
  readonly first: Agreement | null;
  readonly onClose: () => void;
  readonly onFiled: () => void;
}

/** Puts the agreement with a tool on file, in place of the one before. */
function AgreementDialog({ first, onClose, onFiled }: AgreementDialogProps): JSX.Element {
  const [signed, set] = useState<Signed>(first ?? blank());
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const { version, document, signedAt, endsAt } = signed;
      await apiProving("PUT", pathOf(signed), { version, document, signedAt, endsAt });
      onClose();
      onFiled();
      tell(say.filed);
    });
  };
  return (
    <Dialog title={first === null ? say.addAgreement : say.change} onClose={onClose}>
      <form class="wide-fields" onSubmit={send}>
        {first === null && (
          <Field
            label={say.idOf(say.parties.tool)}
            value={signed.toolId}
            onInput={(toolId) => set({ ...signed, toolId })}
            maxLength={256}
            isRequired
          />
        )}
        <Field
          label={say.version}
          value={signed.version}
          onInput={(version) => set({ ...signed, version })}
          maxLength={200}
          isRequired
        />
        <TermFields paper={signed} set={set} />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function blank(): Signed {
  const signedAt = startOfDay(dayOf(Date.now()));
  return { toolId: "", version: "", document: "", signedAt, endsAt: null };
}
