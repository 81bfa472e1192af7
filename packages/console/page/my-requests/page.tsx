import type { SubjectRequest } from "@garim/duties";
import { REQUEST_KINDS, type RequestKind } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Select, TextArea } from "../kit/field.tsx";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Empty } from "../kit/states.tsx";
import { tell } from "../kit/toast.tsx";
import { OwnRequestCard } from "./own-request.tsx";
import { say } from "./words.ts";

interface Told {
  readonly requests: readonly SubjectRequest[];
}

/** What a buyer asks about the own data. In a frame of the host's it stands without header. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad((signal) => api<Told>("GET", "my-requests", undefined, { signal }));
  return (
    <Frame title={say.title} isBare={window.top !== window}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {({ requests }) => (
          <>
            <RequestForm onSent={reload} />
            <h2>{say.mine}</h2>
            {requests.length === 0 ? (
              <Empty>{say.none}</Empty>
            ) : (
              <ul class="list">
                {requests.map((request) => (
                  <li key={request.id} class="card">
                    <OwnRequestCard request={request} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Frame>
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
