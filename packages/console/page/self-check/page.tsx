import type { SelfCheckReport } from "@garim/duties";
import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { below } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { EntryCard } from "./entry-card.tsx";
import { say } from "./words.ts";

interface Told {
  readonly me: Me;
  readonly check: SelfCheckReport;
}

/** What one has to be able to answer about one's measures, and what to do next. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad(ask);
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {({ me, check: { counts, entries } }) => (
          <>
            <p class="row">
              <strong>{say.counts(counts.yes, counts.no, counts.open)}</strong>
              <a href={below("duties/self-check/page")} target="_blank" rel="noreferrer">
                {say.print}
              </a>
            </p>
            <ul class="list">
              {entries.map((entry) => (
                <li key={entry.id} class="card">
                  <EntryCard entry={entry} mayAnswer={me.kind !== "auditor"} reload={reload} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Frame>
  );
}

async function ask(signal: AbortSignal): Promise<Told> {
  const [me, check] = await Promise.all([
    whoIsThere(),
    api<SelfCheckReport>("GET", "duties/self-check", undefined, { signal }),
  ]);
  return { me, check };
}
