import type { FiledSchedule } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { Destructions } from "./destructions.tsx";
import { DueRecords } from "./due-records.tsx";
import { RunForm } from "./run-form.tsx";
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
        {(told) => <Desk {...told} />}
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

function Desk({ me, schedules }: Told): JSX.Element {
  const [turn, setTurn] = useState(0);
  return (
    <>
      <DueRecords schedules={schedules} turn={turn} />
      {me.kind === "operator" && schedules.length > 0 && (
        <RunForm schedules={schedules} onRun={() => setTurn(turn + 1)} />
      )}
      <Destructions schedules={schedules} turn={turn} mayConfirm={me.kind === "auditor"} />
    </>
  );
}
