import type { SelfCheckReport } from "@garim/duties";
import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { below } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { ofSeller, SellerChoice } from "../kit/seller-choice.tsx";
import { EntryCard } from "./entry-card.tsx";
import { say } from "./words.ts";

/** What one has to be able to answer about one's measures, and what to do next. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {(me) =>
          isOfMarket(me) ? (
            <SellerChoice isOptional>{(seller) => <Questions me={me} seller={seller} />}</SellerChoice>
          ) : (
            <Questions me={me} seller={null} />
          )
        }
      </Loaded>
    </Frame>
  );
}

/** Whoever is of no one seller may look at any. */
function isOfMarket(me: Me): boolean {
  return (me.kind === "operator" || me.kind === "auditor") && me.sellerId === null;
}

interface QuestionsProps {
  readonly me: Me;
  readonly seller: string | null;
}

function Questions({ me, seller }: QuestionsProps): JSX.Element {
  const [load, reload] = useLoad((signal) =>
    api<SelfCheckReport>("GET", ofSeller("duties/self-check", seller), undefined, { signal }),
  );
  return (
    <Loaded of={load} retry={reload}>
      {({ counts, entries }) => (
        <>
          <p class="row">
            <strong>{say.counts(counts.yes, counts.no, counts.open)}</strong>
            <a href={below(ofSeller("duties/self-check/page", seller))} target="_blank" rel="noreferrer">
              {say.print}
            </a>
            {isOfMarket(me) && seller === null && (
              <a href={below("duties/plan")} target="_blank" rel="noreferrer">
                {say.plan}
              </a>
            )}
          </p>
          <ul class="list">
            {entries.map((entry) => (
              <li key={entry.id} class="card">
                <EntryCard entry={entry} seller={seller} mayAnswer={me.kind !== "auditor"} reload={reload} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}
