import type { DutyNotice, DutyNoticeKind } from "@garim/duties";
import type { Words } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { below } from "../kit/host.ts";
import { Note } from "../kit/states.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { language } from "../kit/words.ts";
import { leakPage } from "../leaks/leak.ts";
import { say } from "./words.ts";

/** A function that the host left out, and what is not done without it. */
interface Missing {
  readonly name: string;
  readonly words: Words;
}

/** Of the endpoint `duties/waiting`. */
interface Told {
  readonly notices: readonly DutyNotice[];
  readonly next: string | null;
  readonly missing: readonly Missing[];
}

/** Everything that is due or overdue, over all duties; and what nobody does by the clock. */
export function Page(): JSX.Element {
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<DutyNotice>> => {
    const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
    const told = await api<Told>("GET", `duties/waiting${query}`, undefined, { signal });
    setMissing(told.missing);
    return { rows: told.notices, next: told.next };
  };
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <p>
        <a href={below("duties/plan")} target="_blank" rel="noreferrer">
          {say.plan}
        </a>
      </p>
      <LeftOut missing={missing} />
      <PagedTable
        caption={say.title}
        columns={COLUMNS}
        keyOf={({ key }) => key}
        empty={say.none}
        keys={[]}
        load={load}
      />
    </Frame>
  );
}

function LeftOut({ missing }: Pick<Told, "missing">): JSX.Element | null {
  if (missing.length === 0) return null;
  return (
    <Note kind="warn">
      <strong>{say.missing}</strong>
      <ul>
        {missing.map(({ name, words }) => (
          <li key={name}>
            {words[language]} <code>{name}</code>
          </li>
        ))}
      </ul>
    </Note>
  );
}

const COLUMNS: readonly Column<DutyNotice>[] = [
  { heading: say.what, cell: ({ words }) => words[language] },
  { heading: say.dueAt, cell: (notice) => <Due notice={notice} /> },
  { heading: say.about, cell: ({ sellerId }) => sellerId ?? say.market },
  {
    heading: say.where,
    cell: (notice) => (
      <a href={pageOf(notice)} aria-label={`${say.pages[PAGES[notice.kind]]}: ${notice.words[language]}`}>
        {say.pages[PAGES[notice.kind]]}
      </a>
    ),
  },
];

function Due({ notice: { dueAt, state } }: { readonly notice: DutyNotice }): JSX.Element {
  return (
    <>
      {dueAt === null ? <span class="soft">{say.noEnd}</span> : <Time at={dueAt} />}{" "}
      {state === "overdue" && <span class="tag wrong">{say.overdue}</span>}
      {state === "soon" && <span class="tag">{say.soon}</span>}
    </>
  );
}

const PAGES: Readonly<Record<DutyNoticeKind, string>> = {
  records: "retention",
  confirmations: "retention",
  "tool-destruction": "retention",
  request: "requests",
  "breach-step": "leaks",
};

/** Where it is done. */
function pageOf({ kind, subject }: DutyNotice): string {
  if (kind === "breach-step" && subject !== null) return leakPage(subject);
  return below(`pages/${PAGES[kind]}`);
}
