import type { JSX } from "preact";
import { reasonText } from "../ended/reason.ts";
import { api } from "../kit/api.ts";
import { doerText } from "../kit/doer.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { ofSeller, SellerChoice } from "../kit/seller-choice.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { say } from "./words.ts";

/** A reply that was held, without its text. */
interface Held {
  readonly id: string;
  readonly at: number;
  readonly sellerId: string | null;
  readonly by: string;
  readonly route: string;
  readonly reasons: readonly string[];
}

/** Of the endpoint `duties/held-texts`. */
interface Told {
  readonly held: readonly Held[];
  readonly next: string | null;
}

/** Replies that were not posted, and why. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <p class="soft">{say.onRecord}</p>
      <Loaded of={load} retry={reload}>
        {(me) =>
          isOfMarket(me) ? (
            <SellerChoice isOptional>{(seller) => <List seller={seller} />}</SellerChoice>
          ) : (
            <List seller={null} />
          )
        }
      </Loaded>
    </Frame>
  );
}

function isOfMarket(me: Me): boolean {
  return (me.kind === "operator" || me.kind === "auditor") && me.sellerId === null;
}

function List({ seller }: { readonly seller: string | null }): JSX.Element {
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<Held>> => {
    const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
    const path = ofSeller(`duties/held-texts${query}`, seller);
    const { held, next } = await api<Told>("GET", path, undefined, { signal });
    return { rows: held, next };
  };
  return (
    <PagedTable
      caption={say.title}
      columns={COLUMNS}
      keyOf={({ id }) => id}
      empty={say.none}
      keys={[seller]}
      load={load}
    />
  );
}

const COLUMNS: readonly Column<Held>[] = [
  { heading: say.at, cell: ({ at }) => <Time at={at} /> },
  { heading: say.by, cell: ({ by }) => doerText(by) },
  { heading: say.seller, cell: ({ sellerId }) => sellerId ?? "" },
  {
    heading: say.why,
    cell: ({ reasons }) => reasons.map((reason) => <p key={reason}>{reasonText(reason) ?? reason}</p>),
  },
  { heading: say.route, cell: ({ route }) => <code>{route}</code> },
];
