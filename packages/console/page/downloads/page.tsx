import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { whoIsThere } from "../kit/me.ts";
import { Empty } from "../kit/states.tsx";
import { type Download, DownloadCard } from "./download-card.tsx";
import { say } from "./words.ts";

interface Told {
  readonly downloads: readonly Download[];
  readonly self: string | null;
}

const LOOK_MS = 2_000;

/** The files that left, with their destroy-by dates; and those that wait for consent. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad(read);
  const isMaking = load.state === "ready" && load.value.downloads.some(({ state }) => state === "running");
  useEffect(() => {
    if (!isMaking) return;
    const timer = setInterval(reload, LOOK_MS);
    return () => clearInterval(timer);
  }, [isMaking, reload]);
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {({ downloads, self }) =>
          downloads.length === 0 ? (
            <Empty>{say.none}</Empty>
          ) : (
            <ul class="list">
              {downloads.map((download) => (
                <li key={download.id} class="card">
                  <DownloadCard download={download} isOwn={download.staff === self} reload={reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Frame>
  );
}

async function read(signal: AbortSignal): Promise<Told> {
  const [{ downloads }, me] = await Promise.all([
    api<{ readonly downloads: readonly Download[] }>("GET", "downloads", undefined, { signal }),
    whoIsThere(),
  ]);
  return { downloads, self: me.kind === "staff" ? me.id : null };
}
