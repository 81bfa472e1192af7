import type { OwnLeak } from "@garim/duties";
import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Empty } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { say } from "./words.ts";

interface Told {
  readonly leaks: readonly OwnLeak[];
}

/** Leaks that stand posted, and whether one's own data was among each. In a frame of the host's it stands without header. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad((signal) => api<Told>("GET", "my-leaks", undefined, { signal }));
  return (
    <Frame title={say.title} isBare={window.top !== window}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {({ leaks }) =>
          leaks.length === 0 ? (
            <Empty>{say.none}</Empty>
          ) : (
            <ul class="list">
              {leaks.map((leak) => (
                <li key={leak.id} class="card">
                  <LeakCard leak={leak} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Frame>
  );
}

function LeakCard({ leak: { title, postedAt, text, concerned } }: { readonly leak: OwnLeak }): JSX.Element {
  const isConcerned = concerned === 1;
  return (
    <>
      <h2>
        {title}{" "}
        <span class={isConcerned ? "tag wrong" : "tag"}>
          {isConcerned ? say.concerned : say.notConcerned}
        </span>
      </h2>
      <p class="soft">
        {say.postedAt} <Time at={postedAt} isDay />
      </p>
      <p>{isConcerned ? say.concernedMore : say.notConcernedMore}</p>
      <details open={isConcerned}>
        <summary aria-label={`${say.read}: ${title}`}>{say.read}</summary>
        <div class="text-block">{text}</div>
      </details>
    </>
  );
}
