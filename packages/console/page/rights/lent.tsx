import type { ElevationStatus } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import type { Me } from "../kit/me.ts";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { roleText } from "../staff/words.ts";
import { say } from "./words.ts";

interface Told {
  readonly elevations: readonly ElevationStatus[];
  readonly next: string | null;
}

type Worker = Extract<Me, { readonly id: string }>;

/** Who borrowed which role; another than who asked agrees, or ends it. */
export function Lent({ me }: { readonly me: Worker }): JSX.Element {
  const [turn, setTurn] = useState(0);
  const decide = async (method: "POST" | "DELETE", elevation: ElevationStatus): Promise<void> => {
    await apiProving(method, pathOf(method, elevation), { id: elevation.id });
    tell(method === "POST" ? say.approved(elevation.staffId) : say.ended);
    setTurn(turn + 1);
  };
  const deeds: Column<ElevationStatus> = {
    heading: say.deed,
    cell: (elevation) => mayDecide(me, elevation) && <Deeds elevation={elevation} decide={decide} />,
  };
  return (
    <section>
      <h2>{say.lent}</h2>
      <PagedTable
        caption={say.lent}
        columns={[...columnsOf(me), ...(me.kind === "auditor" ? [] : [deeds])]}
        keyOf={({ id }) => id}
        empty={say.lentNone}
        keys={[turn]}
        load={load}
      />
    </section>
  );
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<ElevationStatus>> {
  const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
  const { elevations, next } = await api<Told>("GET", `duties/elevations${query}`, undefined, { signal });
  return { rows: elevations, next };
}

/** Nobody decides about the own one: the endpoint refuses it, too. */
function mayDecide(me: Worker, { staffId, state }: ElevationStatus): boolean {
  return state !== "ended" && !(me.kind === "staff" && staffId === me.id);
}

function pathOf(method: "POST" | "DELETE", { staffId, sellerId }: ElevationStatus): string {
  const path = `duties/elevations/${encodeURIComponent(staffId)}`;
  const seller = new URLSearchParams({ seller: sellerId });
  return method === "POST" ? `${path}/approval?${seller}` : `${path}?${seller}`;
}

interface DeedsProps {
  readonly elevation: ElevationStatus;
  readonly decide: (method: "POST" | "DELETE", elevation: ElevationStatus) => Promise<void>;
}

function Deeds({ elevation, decide }: DeedsProps): JSX.Element {
  const { staffId, state } = elevation;
  return (
    <>
      {state === "waiting" && (
        <Button kind="plain" onClick={() => decide("POST", elevation)} of={staffId}>
          {say.approve}
        </Button>
      )}
      <Button kind="plain" onClick={() => decide("DELETE", elevation)} of={staffId}>
        {say.decline}
      </Button>
    </>
  );
}

function columnsOf({ kind }: Worker): readonly Column<ElevationStatus>[] {
  const seller = { heading: say.seller, cell: ({ sellerId }: ElevationStatus) => sellerId };
  return [
    ...(kind === "staff" ? [] : [seller]),
    { heading: say.who, cell: ({ staffId }) => staffId },
    { heading: say.roles, cell: ({ roles }) => roles.map(roleText).join(", ") },
    { heading: say.why, cell: ({ why }) => why },
    { heading: say.standing, cell: ({ state }) => <span class="tag">{say.states[state]}</span> },
    { heading: say.until, cell: ({ endsAt }) => <Time at={endsAt} /> },
  ];
}
