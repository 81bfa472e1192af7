import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "./button.tsx";
import { type Load, Loaded, refusalOf } from "./load.tsx";
import { Empty } from "./states.tsx";
import { numberText, wordsOf } from "./words.ts";

const say = wordsOf(
  {
    older: "이전 기록 더 보기",
    shown: (count: number) => `${numberText(count)}건을 보고 있습니다.`,
    none: "없습니다.",
  },
  { older: "Show older ones", shown: (count) => `${numberText(count)} shown.`, none: "None." },
);

export interface Column<R> {
  readonly heading: string;
  readonly cell: (row: R) => ComponentChildren;
  /** Numbers stand to the right. */
  readonly isNumber?: boolean;
  /** Not broken into lines where there is room. */
  readonly isShort?: boolean;
}

interface TableProps<R> {
  /** What the table tells, for who hears the page. */
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string | number;
  readonly empty?: ComponentChildren;
}

/** A table; on a narrow screen each row is a card with the headings beside its values. */
export function Table<R>({ caption, columns, rows, keyOf, empty = say.none }: TableProps<R>): JSX.Element {
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <div class="table">
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, isNumber }) => (
              <th key={heading} scope="col" class={isNumber ? "number" : ""}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ heading, cell, isNumber, isShort }) => (
                <td
                  key={heading}
                  data-heading={heading}
                  class={`${isNumber ? "number" : ""} ${isShort ? "short" : ""}`}
                >
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A page of rows, and where the next one begins; `null` on the last. */
export interface Rows<R> {
  readonly rows: readonly R[];
  readonly next: number | string | null;
}

interface Paging<R> {
  /** Asks for a page: the first, or the one behind a cursor of the page before. */
  readonly load: (cursor: number | string | null, signal: AbortSignal) => Promise<Rows<R>>;
  /** When one of these changes, it is asked anew. */
  readonly keys: readonly unknown[];
}

/** A table whose rows come by pages. */
export function PagedTable<R>({
  load,
  keys,
  ...table
}: Omit<TableProps<R>, "rows"> & Paging<R>): JSX.Element {
  return <PagedRows load={load} keys={keys} draw={(rows) => <Table {...table} rows={rows} />} />;
}

interface PagedRowsProps<R> extends Paging<R> {
  readonly draw: (rows: readonly R[]) => JSX.Element;
}

/** What comes by pages: nobody counts how many there are, as that would take longer than reading them. */
export function PagedRows<R>({ load, keys, draw }: PagedRowsProps<R>): JSX.Element {
  const [pages, setPages] = useState<Load<Rows<R>>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setPages({ state: "loading" });
    load(null, signal)
      .then((value) => signal.aborted || setPages({ state: "ready", value }))
      .catch((error) => signal.aborted || setPages({ state: "failed", refusal: refusalOf(error) }));
    return () => controller.abort();
  }, [turn, ...keys]);
  const addOlder = async ({ rows, next }: Rows<R>): Promise<void> => {
    const older = await load(next, new AbortController().signal);
    setPages({ state: "ready", value: { rows: [...rows, ...older.rows], next: older.next } });
  };
  return (
    <Loaded of={pages} retry={() => setTurn(turn + 1)}>
      {(value) => (
        <>
          {draw(value.rows)}
          {value.rows.length > 0 && (
            <p class="row">
              <span class="soft" role="status">
                {say.shown(value.rows.length)}
              </span>
              {value.next !== null && <Button onClick={() => addOlder(value)}>{say.older}</Button>}
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}
