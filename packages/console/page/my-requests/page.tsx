import type { SubjectRequest } from "@garim/duties";
import { REQUEST_KINDS, type RequestKind } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Select, TextArea } from "../kit/field.tsx";
import { Frame } from "../kit/frame.tsx";
import { Empty } from "../kit/states.tsx";
import { PagedRows, type Rows } from "../kit/table.tsx";
import { tell } from "../kit/toast.tsx";
import { OwnRequestCard } from "./own-request.tsx";
import { say } from "./words.ts";

interface Told {
  readonly requests: readonly SubjectRequest[];
  readonly next: string | null;
}

/** What a buyer asks about the own data. In a frame of the host's it stands without header. */
export function Page(): JSX.Element {
  const [turn, setTurn] = useState(0);
  return (
    <Frame title={say.title} isBare={window.top !== window}>
      <p class="lead">{say.lead}</p>
      <RequestForm onSent={() => setTurn(turn + 1)} />
      <h2>{say.mine}</h2>
      <PagedRows keys={[turn]} load={load} draw={(requests) => <Requests requests={requests} />} />
    </Frame>
  );
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<SubjectRequest>> {
  const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
  const { requests, next } = await api<Told>("GET", `my-requests${query}`, undefined, { signal });
  return { rows: requests, next };
}

function Requests({ requests }: Pick<Told, "requests">): JSX.Element {
  if (requests.length === 0) return <Empty>{say.none}</Empty>;
  return (
    <ul class="list">
      {requests.map((request) => (
        <li key={request.id} class="card">
          <OwnRequestCard request={request} />
        </li>
      ))}
    </ul>
  );
}

const LONGEST = 4_000;

function RequestForm({ onSent }: { readonly onSent: () => void }): JSX.Element {
  const [kind, setKind] = useState<RequestKind>("access");
  const [text, write] = useState("");
  const send = async (): Promise<void> => {
    await api("POST", "my-requests", { kind, text });
    write("");
    tell(say.sent);
    onSent();
  };
  const options = REQUEST_KINDS.map((value) => ({ value, text: say.kinds[value] }));
  return (
    <div class="card wide-fields">
      <Select label={say.kind} value={kind} options={options} onChange={setKind} />
      <TextArea label={say.text} help={say.help} value={text} onInput={write} maxLength={LONGEST} />
      <Button kind="main" onClick={send} isDisabled={text.trim() === ""}>
        {say.send}
      </Button>
    </div>
  );
}
