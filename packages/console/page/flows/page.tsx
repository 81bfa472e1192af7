import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { Empty, Note } from "../kit/states.tsx";
import { PagedRows, type Rows } from "../kit/table.tsx";
import { type Tab, Tabs } from "../kit/tabs.tsx";
import { Agreements } from "./agreements.tsx";
import { Contracts } from "./contracts.tsx";
import { Editing, FlowDeeds, type FlowEditing } from "./editing.tsx";
import type { Flow, Flows } from "./flow.ts";
import { FlowCard } from "./flow-card.tsx";
import { say } from "./words.ts";

/** Where data goes, and what was signed with the tools it goes to. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={me} retry={reload}>
        {(who) => <Tabs label={say.title} tabs={tabsOf(who)} />}
      </Loaded>
    </Frame>
  );
}

/** Agreements are the marketplace's. */
function tabsOf(me: Me): readonly Tab[] {
  const isOfMarket = me.kind === "operator" || (me.kind === "auditor" && me.sellerId === null);
  return [
    { key: "flows", title: say.flows, draw: () => <Ways /> },
    { key: "contracts", title: say.contracts, draw: () => <Contracts me={me} /> },
    ...(isOfMarket
      ? [
          {
            key: "agreements",
            title: say.agreements,
            draw: () => <Agreements mayEdit={me.kind === "operator"} />,
          },
        ]
      : []),
  ];
}

/** The register of provisions, outsourcing and transfers overseas, and what is incomplete in it. */
function Ways(): JSX.Element {
  const [stopped, setStopped] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  const changed = (): void => setTurn(turn + 1);
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<Flow>> => {
    const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
    const { flows, next } = await api<Flows>("GET", `duties/flows${query}`, undefined, { signal });
    const count = flows.filter(({ reason }) => reason !== null).length;
    setStopped((before) => (after === null ? count : (before ?? 0) + count));
    return { rows: flows, next };
  };
  return (
    <>
      {stopped !== null && <Summary stopped={stopped} />}
      <Editing onChange={changed}>
        {(editing) => (
          <PagedRows
            keys={[turn]}
            load={load}
            draw={(flows) => <Entries flows={flows} editing={editing} />}
          />
        )}
      </Editing>
    </>
  );
}

function Summary({ stopped }: { readonly stopped: number }): JSX.Element {
  return stopped === 0 ? (
    <Note kind="good">{say.whole}</Note>
  ) : (
    <Note kind="warn">{say.incomplete(stopped)}</Note>
  );
}

interface EntriesProps {
  readonly flows: readonly Flow[];
  readonly editing: FlowEditing;
}

/** What lets nothing pass stands first. */
function Entries({ flows, editing }: EntriesProps): JSX.Element {
  if (flows.length === 0) return <Empty>{say.none}</Empty>;
  const sorted = flows.toSorted((one, other) => Number(one.reason === null) - Number(other.reason === null));
  return (
    <ul class="list">
      {sorted.map((flow) => (
        <li key={JSON.stringify([flow.from, flow.to, flow.kind === "overseas"])} class="card">
          <FlowCard flow={flow} />
          {editing.mayEdit(flow) && <FlowDeeds flow={flow} editing={editing} />}
        </li>
      ))}
    </ul>
  );
}
