import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import type { Me } from "../kit/me.ts";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { type Contract, toolText } from "./contract.ts";
import { ContractDialog } from "./contract-dialog.tsx";
import { Standing, Term } from "./paper.tsx";
import { say } from "./words.ts";

interface Told {
  readonly contracts: readonly Contract[];
  readonly next: string | null;
}

/** What sellers signed with tools: without it a tool reads nothing. */
export function Contracts({ me }: { readonly me: Me }): JSX.Element {
  /** `null` for a new one. */
  const [edited, edit] = useState<Contract | null | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const sellerId = me.kind === "staff" ? me.sellerId : null;
  const mayEdit = me.kind === "operator" || (me.kind === "staff" && me.may.includes("manageStaff"));
  const changed = (): void => setTurn(turn + 1);
  const end = async (one: Contract): Promise<void> => {
    const question = { title: `${toolText(one)}: ${say.end}`, text: say.endContractDoes, deed: say.end };
    if (!(await askFirst({ ...question, kind: "danger" }))) return;
    await apiProving("DELETE", "duties/contracts", { sellerId: one.sellerId, toolId: one.toolId });
    tell(say.ended);
    changed();
  };
  return (
    <section>
      <p>{say.contractsLead}</p>
      {mayEdit && (
        <p>
          <Button onClick={() => edit(null)}>{say.addContract}</Button>
        </p>
      )}
      <PagedTable
        caption={say.contracts}
        columns={mayEdit ? [...COLUMNS, deeds(edit, end)] : COLUMNS}
        keyOf={(one) => JSON.stringify([one.sellerId, one.toolId])}
        empty={say.contractsNone}
        keys={[turn]}
        load={load}
      />
      {edited !== undefined && (
        <ContractDialog
          first={edited}
          sellerId={sellerId}
          onClose={() => edit(undefined)}
          onFiled={changed}
        />
      )}
    </section>
  );
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<Contract>> {
  const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
  const { contracts, next } = await api<Told>("GET", `duties/contracts${query}`, undefined, { signal });
  return { rows: contracts, next };
}

const COLUMNS: readonly Column<Contract>[] = [
  { heading: say.parties.tool, cell: toolText },
  { heading: say.parties.seller, cell: ({ sellerId }) => sellerId },
  { heading: say.tasks, cell: ({ tasks }) => tasks.join(", ") },
  {
    heading: say.subProcessors,
    cell: ({ subProcessors }) =>
      subProcessors.map(({ name, task, country }) => `${name} (${task}, ${country})`).join(", "),
  },
  { heading: say.period, cell: (one) => <Term paper={one} /> },
  { heading: say.document, cell: ({ document }) => document },
  { heading: say.standing, cell: (one) => <Standing paper={one} /> },
];

function deeds(edit: (one: Contract) => void, end: (one: Contract) => Promise<void>): Column<Contract> {
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
