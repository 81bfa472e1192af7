import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Field, Select } from "../kit/field.tsx";
import { Frame } from "../kit/frame.tsx";
import { asked, remember } from "../kit/host.ts";
import { purposeText } from "../kit/purpose.ts";
import { Note } from "../kit/states.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import type { Access, AccessPage } from "./access.ts";
import { say } from "./words.ts";

type What = "all" | "seen" | "refused";

interface Filter {
  readonly who: string;
  readonly what: What;
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** Who of one's shop, and which of its tools, saw how much. */
export function Page(): JSX.Element {
  const [filter, setFilter] = useState<Filter>(readFilter);
  const [damaged, setDamaged] = useState(0);
  const load = async (cursor: number | string | null, signal: AbortSignal): Promise<Rows<Access>> => {
    const page = await api<AccessPage>(
      "POST",
      "accesses",
      { ...questionOf(filter), ...(cursor && { before: cursor }) },
      { signal },
    );
    setDamaged(page.damaged);
    return { rows: page.accesses, next: page.next };
  };
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Filters filter={filter} find={setFilter} />
      {damaged > 0 && <Note kind="warn">{say.damaged(damaged)}</Note>}
      <PagedTable
        caption={say.title}
        columns={COLUMNS}
        keyOf={({ seq }) => seq}
        empty={say.none}
        load={load}
        keys={[filter]}
      />
    </Frame>
  );
}

const COLUMNS: readonly Column<Access>[] = [
  { heading: say.when, cell: ({ at }) => <Time at={at} /> },
  {
    heading: say.who,
    cell: ({ actor }) => (
      <>
        {actor.id} <span class="soft">{actor.kindText}</span>
      </>
    ),
  },
  {
    heading: say.action,
    cell: ({ actionText, target }) => (
      <>
        {actionText} {target !== null && <span class="soft">→ {target}</span>}
      </>
    ),
  },
  {
    heading: say.outcome,
    cell: ({ outcome, outcomeText, because }) => (
      <>
        <span class={outcome === "refused" ? "tag wrong" : "tag"}>{outcomeText}</span>
        {outcome === "refused" && because !== null && <small class="soft">{because}</small>}
      </>
    ),
  },
  {
    heading: say.subjects,
    cell: ({ subjects, records, clear }) =>
      subjects === 0 ? "–" : say.amount(subjects, clear, records - clear),
  },
  { heading: say.purpose, cell: ({ purpose }) => (purpose === null ? "–" : purposeText(purpose)) },
  { heading: say.place, isShort: true, cell: ({ ip }) => ip },
];

/** Kept in the address but for whom it asks about. */
function readFilter(): Filter {
  const { what = "seen", from = "", to = "" } = asked();
  return { who: "", what: what === "all" || what === "refused" ? what : "seen", from, to };
}

/** Days in Korea, both inclusive. */
function questionOf({ who, what, from, to }: Filter): object {
  return {
    ...(who.trim() !== "" && { actor: who.trim() }),
    ...(what === "seen" && { actions: ["view", "download"] }),
    ...(what === "refused" && { outcome: "refused" }),
    ...(from !== "" && { from: startOf(from) }),
    ...(to !== "" && { to: startOf(to) + DAY_MS }),
  };
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00+09:00`);
}

interface FiltersProps {
  readonly filter: Filter;
  readonly find: (filter: Filter) => void;
}

function Filters({ filter, find }: FiltersProps): JSX.Element {
  const [draft, setDraft] = useState(filter);
  const send = (event: Event): void => {
    event.preventDefault();
    const { what, from, to } = draft;
    remember({ what, from, to });
    find({ ...draft });
  };
  return (
    <form class="filters" onSubmit={send}>
      <Field
        label={say.who}
        value={draft.who}
        onInput={(who) => setDraft({ ...draft, who })}
        maxLength={256}
      />
      <Select<What>
        label={say.what}
        value={draft.what}
        onChange={(what) => setDraft({ ...draft, what })}
        options={[
          { value: "seen", text: say.seen },
          { value: "refused", text: say.refused },
          { value: "all", text: say.all },
        ]}
      />
      <Field
        label={say.from}
        type="date"
        value={draft.from}
        onInput={(from) => setDraft({ ...draft, from })}
      />
      <Field label={say.to} type="date" value={draft.to} onInput={(to) => setDraft({ ...draft, to })} />
      <button type="submit" class="main">
        {say.find}
      </button>
    </form>
  );
}
