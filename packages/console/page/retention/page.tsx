import type { FiledSchedule } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { Destructions } from "./destructions.tsx";
import { DueRecords } from "./due-records.tsx";
import { Holds } from "./holds.tsx";
import { Proofs } from "./proofs.tsx";
import { RunForm } from "./run-form.tsx";
import { Schedules } from "./schedules.tsx";
import { ToolDebts } from "./tool-debts.tsx";
import { say } from "./words.ts";

interface Told {
  readonly me: Me;
  readonly schedules: readonly FiledSchedule[];
}

/** What is to be destroyed by when, what was, and whether somebody else confirmed it. */
export function Page(): JSX.Element {
  const [load, reload] = useLoad(ask);
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {(told) => <Desk {...told} reload={reload} />}
      </Loaded>
    </Frame>
  );
}

async function ask(signal: AbortSignal): Promise<Told> {
  const path = "duties/schedules?limit=1000";
  const [me, { schedules }] = await Promise.all([
    whoIsThere(),
    api<Pick<Told, "schedules">>("GET", path, undefined, { signal }),
  ]);
  return { me, schedules };
}

interface DeskProps extends Told {
  readonly reload: () => void;
}

function Desk({ me, schedules, reload }: DeskProps): JSX.Element {
  const [turn, setTurn] = useState(0);
  const refiled = (): void => {
    reload();
    setTurn(turn + 1);
  };
  return (
    <>
      <DueRecords schedules={schedules} turn={turn} />
      {me.kind === "operator" && schedules.length > 0 && (
        <RunForm schedules={schedules} onRun={() => setTurn(turn + 1)} />
      )}
      <Destructions schedules={schedules} turn={turn} mayConfirm={me.kind === "auditor"} />
      <Proofs schedules={schedules} />
      <ToolDebts mayCall={me.kind === "operator"} />
      <Holds schedules={schedules} onChange={() => setTurn(turn + 1)} />
      <Schedules schedules={schedules} mayEdit={me.kind === "operator"} onChange={refiled} />
    </>
  );
}
