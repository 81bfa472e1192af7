import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Empty } from "../kit/states.tsx";
import type { Connection } from "./connection.ts";
import { ConnectionCard } from "./connection-card.tsx";
import { say } from "./words.ts";

interface Told {
  readonly tools: readonly Connection[];
}

/** What lives stands first; what was ended is kept to be read. */
function Connections({ tools, reload }: Told & { readonly reload: () => void }): JSX.Element {
  const ended = tools.filter(isEnded);
  return (
    <>
      <ul class="list">
        {tools
          .filter((connection) => !isEnded(connection))
          .map((connection) => (
            <li key={connection.id} class="card">
              <ConnectionCard connection={connection} reload={reload} />
            </li>
          ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary>{say.ended}</summary>
          <ul class="list">
            {ended.map((connection) => (
              <li key={connection.id} class="card">
                <ConnectionCard connection={connection} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Whether nothing but a new consent brings it back. */
function isEnded({ reason }: Connection): boolean {
  return reason === "grant-revoked" || reason === "grant-ended";
}

/** The tools an owner connected: which reads what, until when, what it read lately; and the end of it. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad((signal) => api<Told>("GET", "tools", undefined, { signal }));
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {({ tools }) =>
          tools.length === 0 ? <Empty>{say.none}</Empty> : <Connections tools={tools} reload={reload} />
        }
      </Loaded>
    </Frame>
  );
}
