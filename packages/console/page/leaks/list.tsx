import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button, LinkButton } from "../kit/button.tsx";
import { doerText } from "../kit/doer.ts";
import { below } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { whoIsThere } from "../kit/me.ts";
import { RunningClock } from "../kit/running-clock.tsx";
import { Empty } from "../kit/states.tsx";
import { PagedRows, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { kindText, type LeakLine, leakPage, nextDuty } from "./leak.ts";
import { OpenDialog } from "./open-dialog.tsx";
import { say } from "./words.ts";

interface Told {
  readonly leaks: readonly LeakLine[];
  readonly next: string | null;
}

/** Leaks, newest first, each with the clock that ends next. */
export function LeakList(): JSX.Element {
  return (
    <>
      <Deeds />
      <PagedRows keys={[]} load={load} draw={(leaks) => <Cards leaks={leaks} />} />
    </>
  );
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<LeakLine>> {
  const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
  const { leaks, next } = await api<Told>("GET", `duties/leaks${query}`, undefined, { signal });
  return { rows: leaks, next };
}

/** The log is asked by auditors alone. */
function Deeds(): JSX.Element {
  const [isOpening, setOpening] = useState(false);
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Loaded of={me} retry={reload}>
      {({ kind }) =>
        (kind === "auditor" || kind === "operator") && (
          <>
            <p class="row">
              <Button kind="main" onClick={() => setOpening(true)}>
                {say.open}
              </Button>
              {kind === "auditor" && <LinkButton href={below("pages/auditor/leak")}>{say.scope}</LinkButton>}
            </p>
            {isOpening && <OpenDialog onClose={() => setOpening(false)} />}
          </>
        )
      }
    </Loaded>
  );
}

function Cards({ leaks }: { readonly leaks: readonly LeakLine[] }): JSX.Element {
  if (leaks.length === 0) return <Empty>{say.none}</Empty>;
  return (
    <ul class="list">
      {leaks.map((leak) => (
        <li key={leak.id} class="card">
          <Card leak={leak} />
        </li>
      ))}
    </ul>
  );
}

function Card({ leak }: { readonly leak: LeakLine }): JSX.Element {
  const { id, title, kind, knownAt, closed } = leak;
  return (
    <>
      <h2>
        <a href={leakPage(id)}>{title}</a> <Standing leak={leak} />
      </h2>
      <p class="soft">
        {kindText(kind)} · {say.knownAt} <Time at={knownAt} />
      </p>
      {closed === null ? (
        <Next leak={leak} />
      ) : (
        <p class="soft">
          {say.closed} <Time at={closed.at} /> · {doerText(closed.by)}
        </p>
      )}
    </>
  );
}

function Standing({ leak: { closed, duties } }: { readonly leak: LeakLine }): JSX.Element {
  if (closed !== null) return <span class="tag">{say.closed}</span>;
  const isLate = duties.some(({ doneAt, isOverdue }) => doneAt === null && isOverdue);
  return <span class={isLate ? "tag wrong" : "tag"}>{isLate ? say.isOverdue : say.isOpen}</span>;
}

function Next({ leak }: { readonly leak: LeakLine }): JSX.Element {
  const next = nextDuty(leak);
  if (next === undefined) return <p>{say.allDone}</p>;
  return (
    <>
      <p>
        {say.nextDue}: {say.steps[next.step]} <Time at={next.dueAt} />
      </p>
      <RunningClock dueAt={next.dueAt} />
    </>
  );
}
