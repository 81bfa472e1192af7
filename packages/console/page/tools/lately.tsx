import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Access, AccessPage } from "../accesses/access.ts";
import { say as access } from "../accesses/words.ts";
import { api } from "../kit/api.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Table } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { say } from "./words.ts";

const SHOWN = 5;

/** What a tool read lately. Asking is on record, so it is asked for only once it is opened. */
export function Lately({ toolId }: { readonly toolId: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say.lately}</summary>
      {isOpen && <Reads toolId={toolId} />}
    </details>
  );
}

function Reads({ toolId }: { readonly toolId: string }): JSX.Element {
  const [load, reload] = useLoad((signal) =>
    api<AccessPage>(
      "POST",
      "accesses",
      { actor: toolId, actions: ["view", "download"], limit: SHOWN },
      { signal },
    ),
  );
  return (
    <Loaded of={load} retry={reload}>
      {({ accesses }) => (
        <Table<Access>
          caption={say.lately}
          rows={accesses}
          keyOf={({ seq }) => seq}
          empty={say.latelyNone}
          columns={[
            { heading: access.when, cell: ({ at }) => <Time at={at} /> },
            {
              heading: access.outcome,
              cell: ({ outcome, outcomeText, because }) => (outcome === "refused" ? because : outcomeText),
            },
            { heading: access.subjects, cell: ({ subjects, records }) => say.readText(subjects, records) },
          ]}
        />
      )}
    </Loaded>
  );
}
