import type { PersonRights, RightsReport } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { ofSeller } from "../kit/seller-choice.tsx";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { roleText } from "../staff/words.ts";
import { say } from "./words.ts";

/** Rights of one's staff that nobody used, and signs of shared accounts. */
export function UnusedRights({ seller }: { readonly seller: string | null }): JSX.Element {
  const [days, setDays] = useState<number | null>(null);
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<PersonRights>> => {
    const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
    const path = ofSeller(`duties/rights${query}`, seller);
    const report = await api<RightsReport>("GET", path, undefined, { signal });
    setDays(report.days);
    return { rows: report.people.filter(hasNews), next: report.next };
  };
  return (
    <>
      {days !== null && <p>{say.reportLead(days)}</p>}
      <PagedTable
        caption={say.report}
        columns={COLUMNS}
        keyOf={({ staffId }) => staffId}
        empty={say.reportNone}
        keys={[]}
        load={load}
      />
    </>
  );
}

function hasNews({ unused, sharedSigns }: PersonRights): boolean {
  return unused.length > 0 || countOf(sharedSigns) > 0;
}

function countOf(signs: PersonRights["sharedSigns"]): number {
  return Object.values(signs).reduce((sum, count) => sum + count, 0);
}

const COLUMNS: readonly Column<PersonRights>[] = [
  { heading: say.who, cell: ({ staffId }) => staffId },
  { heading: say.roles, cell: ({ roles }) => roles.map(roleText).join(", ") },
  { heading: say.unused, cell: ({ unused }) => unused.map((action) => say.actions[action]).join(", ") },
  { heading: say.couldGo, cell: ({ couldGo }) => couldGo.map(roleText).join(", ") },
  {
    heading: say.shared,
    cell: ({ sharedSigns }) => (countOf(sharedSigns) === 0 ? "" : say.times(countOf(sharedSigns))),
  },
];
