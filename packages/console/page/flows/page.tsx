import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Empty, Note } from "../kit/states.tsx";
import { PagedRows, type Rows } from "../kit/table.tsx";
import { Editing, FlowDeeds, type FlowEditing } from "./editing.tsx";
import type { Flow, Flows } from "./flow.ts";
import { FlowCard } from "./flow-card.tsx";
import { say } from "./words.ts";

/** The register of provisions, outsourcing and transfers overseas, and what is incomplete in it. */
export function Page(): JSX.Element {
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
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
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
    </Frame>
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
