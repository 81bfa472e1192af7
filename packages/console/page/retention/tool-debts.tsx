import type { ToolDebt, ToolReceipt } from "@garim/duties";
import type { Words } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { Check } from "../kit/field.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { language, numberText } from "../kit/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { say } from "./words.ts";

/** As the endpoints `duties/tool-debts` and `duties/tool-receipts` tell them. */
interface Named {
  /** `null` where nobody registered such a tool here. */
  readonly toolName: Words | null;
}
type Debt = ToolDebt & Named;
type Receipt = ToolReceipt & Named;

/** What tools must destroy and have not said that they did; and what they said. */
export function ToolDebts({ mayCall }: { readonly mayCall: boolean }): JSX.Element {
  const [turn, setTurn] = useState(0);
  const [isDone, showDone] = useState(false);
  const call = async (): Promise<void> => {
    const question = { title: say.call, text: say.callLead, deed: say.call };
    if (!(await askFirst(question))) return;
    const { orders } = await apiProving<{ readonly orders: number }>("POST", "duties/tool-calls", {});
    tell(say.called(orders));
    setTurn(turn + 1);
  };
  return (
    <section>
      <h2>{say.debts}</h2>
      <p>{say.debtsLead}</p>
      {mayCall && (
        <p>
          <Button onClick={call}>{say.call}</Button>
        </p>
      )}
      <Check label={say.receiptsShow} isOn={isDone} onChange={showDone} />
      {isDone ? (
        <PagedTable
          key="receipts"
          caption={say.receipts}
          columns={RECEIPT_COLUMNS}
          keyOf={({ receipt }) => receipt}
          empty={say.receiptsNone}
          keys={[]}
          load={loadReceipts}
        />
      ) : (
        <PagedTable
          key="debts"
          caption={say.debts}
          columns={DEBT_COLUMNS}
          keyOf={({ toolId, sellerId }) => JSON.stringify([toolId, sellerId])}
          empty={say.debtsNone}
          keys={[turn]}
          load={loadDebts}
        />
      )}
    </section>
  );
}

async function loadDebts(after: string | number | null, signal: AbortSignal): Promise<Rows<Debt>> {
  const path = `duties/tool-debts${queryOf(after)}`;
  const { debts, next } = await api<{ readonly debts: readonly Debt[]; readonly next: string | null }>(
    "GET",
    path,
    undefined,
    { signal },
  );
  return { rows: debts, next };
}

async function loadReceipts(after: string | number | null, signal: AbortSignal): Promise<Rows<Receipt>> {
  const path = `duties/tool-receipts${queryOf(after)}`;
  const { receipts, next } = await api<{
    readonly receipts: readonly Receipt[];
    readonly next: string | null;
  }>("GET", path, undefined, { signal });
  return { rows: receipts, next };
}

function queryOf(after: string | number | null): string {
  return after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
}

const nameOf = ({ toolName, toolId }: Named & Pick<ToolDebt, "toolId">): string =>
  toolName?.[language] ?? toolId;

const DEBT_COLUMNS: readonly Column<Debt>[] = [
  { heading: say.tool, cell: nameOf },
  { heading: say.seller, cell: ({ sellerId }) => sellerId },
  {
    heading: say.owing,
    isNumber: true,
    cell: ({ orders, overdue }) => (
      <>
        {numberText(orders)}
        {overdue > 0 && <small class="wrong">{say.late(overdue)}</small>}
      </>
    ),
  },
  { heading: say.dueAt, cell: ({ dueAt }) => <Time at={dueAt} isDay /> },
];

const RECEIPT_COLUMNS: readonly Column<Receipt>[] = [
  { heading: say.finishedAt, cell: ({ destroyedAt }) => <Time at={destroyedAt} /> },
  { heading: say.tool, cell: nameOf },
  { heading: say.seller, cell: ({ sellerId }) => sellerId },
  { heading: say.owing, isNumber: true, cell: ({ orders }) => numberText(orders) },
  { heading: say.certificate, cell: ({ receipt }) => <code>{receipt}</code> },
];
