import type { RequestStatus } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Check } from "../kit/field.tsx";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { say as own } from "../my-requests/words.ts";
import { RequestDialog } from "./request-dialog.tsx";
import { say } from "./words.ts";

interface Told {
  readonly requests: readonly RequestStatus[];
  readonly next: string | null;
}

/** Buyers' requests about their own data, and the answers. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={me} retry={reload}>
        {(who) => <Desk me={who} />}
      </Loaded>
    </Frame>
  );
}

function Desk({ me }: { readonly me: Me }): JSX.Element {
  const [isAll, showAll] = useState(false);
  const [opened, open] = useState<string | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<RequestStatus>> => {
    const query = { ...(isAll ? {} : { open: "1" }), ...(after === null ? {} : { after: String(after) }) };
    const path = `duties/requests?${new URLSearchParams(query)}`;
    const { requests, next } = await api<Told>("GET", path, undefined, { signal });
    return { rows: requests, next };
  };
  const close = (): void => {
    open(undefined);
    setTurn(turn + 1);
  };
  // An auditor sees how they stand; what a buyer wrote is no auditor's business.
  const columns = me.kind === "auditor" ? COLUMNS : [...COLUMNS, openColumn(open)];
  return (
    <>
      <Check label={say.all} isOn={isAll} onChange={showAll} />
      <PagedTable
        caption={say.title}
        columns={columns}
        keyOf={({ id }) => id}
        empty={isAll ? say.noneAtAll : say.none}
        keys={[isAll, turn]}
        load={load}
      />
      {opened !== undefined && <RequestDialog id={opened} close={close} />}
    </>
  );
}

const COLUMNS: readonly Column<RequestStatus>[] = [
  { heading: say.kind, cell: ({ kind }) => own.kinds[kind] },
  { heading: say.about, cell: ({ sellerId }) => sellerId ?? own.market },
  { heading: say.askedAt, cell: ({ askedAt }) => <Time at={askedAt} /> },
  { heading: say.dueAt, cell: ({ dueAt }) => <Time at={dueAt} isDay /> },
  { heading: say.standing, cell: standingOf },
];

function standingOf({ outcome, isOverdue }: RequestStatus): JSX.Element {
  if (outcome !== null) return <span class="tag">{own.outcomes[outcome]}</span>;
  return <span class={isOverdue ? "tag wrong" : "tag"}>{isOverdue ? own.overdue : own.waiting}</span>;
}

function openColumn(open: (id: string) => void): Column<RequestStatus> {
  return {
    heading: say.open,
    cell: ({ id, kind }) => (
      <Button kind="plain" onClick={() => open(id)} of={own.kinds[kind]}>
        {say.open}
      </Button>
    ),
  };
}
