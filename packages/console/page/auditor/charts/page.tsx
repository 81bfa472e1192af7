import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { ColumnChart, HeatMap } from "../../kit/chart.tsx";
import { dayOf, endOfDay, startOfDay } from "../../kit/day.ts";
import { Field, Select } from "../../kit/field.tsx";
import { asked, remember } from "../../kit/host.ts";
import { Loaded, useLoad } from "../../kit/load.tsx";
import { Note } from "../../kit/states.tsx";
import { Table } from "../../kit/table.tsx";
import { Time } from "../../kit/time.tsx";
import { numberText } from "../../kit/words.ts";
import { LogFrame } from "../log/log-frame.tsx";
import type { LogWords } from "../log/words.ts";
import { type Charts, OUTCOMES, type PastStretch } from "./answer.ts";
import { labelOf } from "./figures.ts";
import { HOURS, say, WEEKDAYS } from "./words.ts";

const WHOM = ["all", "actor", "tool", "seller"] as const;

/** What the charts are of. Days are of Korea, both inclusive. */
interface Stretch {
  readonly of: (typeof WHOM)[number];
  readonly value: string;
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** What happened when: figures the server counted. */
export function Page(): JSX.Element {
  return <LogFrame title={say.title}>{(words) => <Drawn words={words} />}</LogFrame>;
}

function readStretch(): Stretch {
  const { of = "all", value = "", from, to } = asked();
  const now = Date.now();
  return {
    of: WHOM.find((one) => one === of) ?? "all",
    value,
    from: from ?? dayOf(now - 29 * DAY_MS),
    to: to ?? dayOf(now),
  };
}

function Drawn({ words }: { readonly words: LogWords }): JSX.Element {
  const [stretch, setStretch] = useState(readStretch);
  const [turn, setTurn] = useState(0);
  const [load, reload] = useLoad(
    (signal) => api<Charts>("POST", "auditor/charts", bodyOf(stretch), { signal }),
    [turn],
  );
  const ask = (next: Stretch): void => {
    setStretch(next);
    remember({ ...next, value: next.of === "all" ? "" : next.value });
    setTurn(turn + 1);
  };
  return (
    <>
      <StretchForm first={stretch} onAsk={ask} />
      <Loaded of={load} retry={reload}>
        {(charts) => <Figures charts={charts} words={words} hasActor={stretch.of === "actor"} />}
      </Loaded>
    </>
  );
}

function bodyOf({ of, value, from, to }: Stretch): object {
  const whom = of === "all" || value.trim() === "" ? {} : { [of]: value.trim() };
  return { ...whom, from: startOfDay(from), to: endOfDay(to) };
}

interface StretchFormProps {
  readonly first: Stretch;
  readonly onAsk: (stretch: Stretch) => void;
}

function StretchForm({ first, onAsk }: StretchFormProps): JSX.Element {
  const [stretch, set] = useState(first);
  const send = (event: Event): void => {
    event.preventDefault();
    onAsk(stretch);
  };
  return (
    <form class="filters" onSubmit={send}>
      <Select
        label={say.of}
        value={stretch.of}
        options={WHOM.map((value) => ({ value, text: say.whom[value] ?? value }))}
        onChange={(of) => set({ ...stretch, of })}
      />
      {stretch.of !== "all" && (
        <Field
          label={say.value}
          value={stretch.value}
          onInput={(value) => set({ ...stretch, value })}
          maxLength={256}
          isRequired
        />
      )}
      <Field
        label={say.from}
        type="date"
        value={stretch.from}
        onInput={(from) => set({ ...stretch, from })}
        isRequired
      />
      <Field
        label={say.to}
        type="date"
        value={stretch.to}
        onInput={(to) => set({ ...stretch, to })}
        isRequired
      />
      <button type="submit" class="main">
        {say.draw}
      </button>
    </form>
  );
}

interface FiguresProps {
  readonly charts: Charts;
  readonly words: LogWords;
  readonly hasActor: boolean;
}

function Figures({ charts, words, hasActor }: FiguresProps): JSX.Element {
  const { from, since, step, volume, subjectsPerHour, week, records, subjects } = charts;
  return (
    <>
      <p class="lead">{say.sum(records, subjects)}</p>
      {since > from && (
        <Note kind="warn">
          {say.since} <Time at={since} />
        </Note>
      )}
      <ColumnChart
        title={say.volume}
        labelHeading={say[step]}
        labels={volume.map(({ at }) => labelOf(at, step))}
        series={OUTCOMES.map((outcome) => ({
          name: words.outcomes[outcome] ?? outcome,
          values: volume.map((point) => point[outcome]),
        }))}
      />
      {hasActor && <Past charts={charts} />}
      <HeatMap
        title={say.week}
        labelHeading={say.hourOfDay}
        columns={HOURS}
        rows={WEEKDAYS.map((name, i) => ({ name, values: week[i] ?? [] }))}
      />
      <ColumnChart
        title={say.subjectsPerHour}
        labelHeading={say[step]}
        labels={subjectsPerHour.map(({ at }) => labelOf(at, step))}
        series={[{ name: say.subjects, values: subjectsPerHour.map((point) => point.subjects) }]}
      />
      <Tools charts={charts} />
      <p class="soft">{say.help}</p>
    </>
  );
}

/** This stretch beside those before it. */
function Past({ charts: { from, to, records, subjects, past } }: Pick<FiguresProps, "charts">): JSX.Element {
  const mean = past.length === 0 ? 0 : past.reduce((sum, one) => sum + one.records, 0) / past.length;
  const rows: readonly PastStretch[] = [{ from, to, records, subjects }, ...past];
  return (
    <section>
      <h2>{say.past}</h2>
      <p>{mean === 0 ? say.noPast : say.ratio(records / mean)}</p>
      <Table
        caption={say.past}
        columns={[
          {
            heading: say.stretch,
            cell: (row) => (
              <>
                <Time at={row.from} isDay /> ~ <Time at={row.to - 1} isDay />
              </>
            ),
          },
          { heading: say.records, isNumber: true, cell: (row) => numberText(row.records) },
          { heading: say.subjects, isNumber: true, cell: (row) => numberText(row.subjects) },
        ]}
        rows={rows}
        keyOf={(row) => row.from}
      />
    </section>
  );
}

function Tools({ charts: { tools, toolCount } }: Pick<FiguresProps, "charts">): JSX.Element {
  return (
    <section>
      <h2>{say.tools}</h2>
      <Table
        caption={say.tools}
        columns={[
          { heading: say.tool, cell: ({ tool }) => tool },
          { heading: say.records, isNumber: true, cell: (row) => numberText(row.records) },
          { heading: say.subjects, isNumber: true, cell: (row) => numberText(row.subjects) },
          { heading: say.refused, isNumber: true, cell: (row) => numberText(row.refused) },
        ]}
        rows={tools}
        keyOf={({ tool }) => tool}
        empty={say.noTools}
      />
      {toolCount > tools.length && <p class="soft">{say.moreTools(toolCount - tools.length)}</p>}
    </section>
  );
}
