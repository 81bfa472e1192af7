import type { JSX } from "preact";
import { Button } from "../../kit/button.tsx";
import { Check } from "../../kit/field.tsx";
import { below } from "../../kit/host.ts";
import { purposeText } from "../../kit/purpose.ts";
import { type Column, Table } from "../../kit/table.tsx";
import { Time } from "../../kit/time.tsx";
import { numberText } from "../../kit/words.ts";
import { ActorName } from "../log/actor-name.tsx";
import { damageText } from "../log/damage-text.ts";
import type { LogWords } from "../log/words.ts";
import type { ListName, WatchedRow } from "./review.ts";
import { say } from "./words.ts";

type Cell = keyof Omit<WatchedRow, "seq" | "column">;

/** What each list shows. */
const CELLS: Readonly<Record<ListName | "sample", readonly Cell[]>> = {
  downloads: ["at", "actor", "records", "purpose", "reason"],
  undestroyed: ["at", "actor", "dueAt"],
  offHours: ["actor", "count", "at"],
  volume: ["actor", "records", "median"],
  subjects: ["actor", "count", "at"],
  rows: ["actor", "count", "at"],
  networks: ["at", "actor", "ip"],
  signals: ["at", "actor", "action", "reason"],
  refused: ["actor", "action", "reason", "count"],
  rights: ["action", "count"],
  auditors: ["actor", "count", "at"],
  damaged: ["kind"],
  sample: ["at", "actor", "action", "records", "purpose", "ip", "route"],
};

const HEADINGS: Readonly<Record<Cell, string>> = {
  at: say.when,
  actor: say.who,
  count: say.count,
  records: say.count,
  median: say.median,
  purpose: say.purpose,
  reason: say.reason,
  action: say.what,
  ip: say.where,
  dueAt: say.due,
  kind: say.why,
  route: say.route,
};

const NUMBERS: readonly Cell[] = ["count", "records", "median"];

interface WatchListProps {
  readonly name: ListName | "sample";
  readonly rows: readonly WatchedRow[];
  readonly more: number;
  readonly note?: string | undefined;
  readonly isLooked: boolean;
  readonly onLooked: (isLooked: boolean) => void;
  /** Left out where nothing can be found any more. */
  readonly onFind: ((about: number) => void) | undefined;
  readonly words: LogWords;
}

/** One of the things to look at: its rows, and that one has looked. */
export function WatchList(props: WatchListProps): JSX.Element {
  const { name, rows, more, note, isLooked, onLooked, onFind, words } = props;
  const title = say.parts[name] ?? name;
  const count = rows.length + more;
  return (
    <li class="card">
      <details open={count > 0 && !isLooked}>
        <summary>
          <strong>{title}</strong> {count === 0 ? say.none : numberText(count)}
        </summary>
        {note !== undefined && <p>{note}</p>}
        {rows.length > 0 && (
          <Table
            caption={title}
            columns={[...CELLS[name].map((cell) => columnOf(cell, words)), ...placeOf(rows, onFind)]}
            rows={rows}
            keyOf={(row) => rows.indexOf(row)}
          />
        )}
        {more > 0 && <p class="soft">{say.more(more)}</p>}
      </details>
      <div class="no-print">
        <Check
          label={
            <>
              {say.looked}
              <span class="unseen">: {title}</span>
            </>
          }
          isOn={isLooked}
          onChange={onLooked}
        />
      </div>
    </li>
  );
}

function columnOf(cell: Cell, words: LogWords): Column<WatchedRow> {
  return {
    heading: HEADINGS[cell],
    isNumber: NUMBERS.includes(cell),
    cell: (row) => draw(cell, row, words),
  };
}

function draw(cell: Cell, row: WatchedRow, words: LogWords): JSX.Element | string | null {
  const value = row[cell] ?? null;
  if (cell === "purpose" && value === null) return <span class="wrong">{say.noPurpose}</span>;
  if (value === null) return null;
  if (cell === "actor" && row.actor !== undefined) return <ActorName actor={row.actor} words={words} />;
  if (cell === "at" || cell === "dueAt") return <Time at={Number(value)} />;
  if (cell === "kind" && row.kind !== undefined) return damageText({ ...row, kind: row.kind }, words);
  if (cell === "action") return words.actions[String(value)] ?? String(value);
  if (cell === "purpose") return purposeText(String(value));
  if (cell === "reason") return words.reasons[String(value)] ?? String(value);
  return typeof value === "number" ? numberText(value) : String(value);
}

/** Where a row stands on record, and a way to put it down. */
function placeOf(
  rows: readonly WatchedRow[],
  onFind: ((about: number) => void) | undefined,
): readonly Column<WatchedRow>[] {
  if (!rows.some(({ seq }) => seq !== undefined)) return [];
  return [
    {
      heading: say.record,
      cell: ({ seq }) =>
        seq === undefined ? null : (
          <>
            <a href={below(`pages/auditor/record?record=${seq}`)}>#{seq}</a>
            {onFind !== undefined && (
              <Button kind="plain" onClick={() => onFind(seq)} of={say.ofRecord(seq)}>
                {say.find}
              </Button>
            )}
          </>
        ),
    },
  ];
}
