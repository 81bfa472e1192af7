import type { JSX } from "preact";
import { numberText, wordsOf } from "./words.ts";

const say = wordsOf(
  { asTable: "표로 보기", most: (count: number) => `가장 많은 때 ${numberText(count)}` },
  { asTable: "As a table", most: (count) => `At most ${numberText(count)}` },
);

/** One kind of numbers of a chart, e.g. refusals. */
export interface Series {
  readonly name: string;
  /** One per label, in their order. */
  readonly values: readonly number[];
}

interface ChartProps {
  readonly title: string;
  /** What stands below each column. */
  readonly labels: readonly string[];
  /** Stacked, the first at the bottom. At most six: there are as many colours, and patterns beside them. */
  readonly series: readonly Series[];
  /** What the labels are, for the table. */
  readonly labelHeading: string;
}

const WIDTH = 640;
const HEIGHT = 200;

/** Stacked columns, drawn as SVG, with the same numbers as a table for who would rather read. */
export function ColumnChart({ title, labels, series, labelHeading }: ChartProps): JSX.Element {
  const sums = labels.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const top = Math.max(1, ...sums);
  const step = WIDTH / Math.max(1, labels.length);
  return (
    <figure class="chart">
      <figcaption>
        {title} <small class="soft">{say.most(Math.max(0, ...sums))}</small>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 24}`} role="img" aria-label={title} preserveAspectRatio="none">
        {labels.map((label, i) => (
          <Column key={label} at={i} width={step} top={top} series={series} label={label} />
        ))}
        <line class="axis" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <div class="axis-labels" aria-hidden="true">
        <span>{labels[0]}</span>
        <span>{labels.at(-1)}</span>
      </div>
      {series.length > 1 && (
        <ul class="legend">
          {series.map(({ name }, i) => (
            <li key={name} class={`s${i}`}>
              {name}
            </li>
          ))}
        </ul>
      )}
      <NumbersTable labels={labels} series={series} labelHeading={labelHeading} title={title} />
    </figure>
  );
}

interface ColumnProps {
  readonly at: number;
  readonly width: number;
  readonly top: number;
  readonly series: readonly Series[];
  readonly label: string;
}

function Column({ at, width, top, series, label }: ColumnProps): JSX.Element {
  let below = 0;
  return (
    <g>
      <title>{`${label}: ${series.map(({ name, values }) => `${name} ${numberText(values[at] ?? 0)}`).join(", ")}`}</title>
      {series.map(({ name, values }, i) => {
        const height = ((values[at] ?? 0) / top) * HEIGHT;
        below += height;
        return (
          <rect
            key={name}
            class={`s${i}`}
            x={at * width + width * 0.1}
            y={HEIGHT - below}
            width={width * 0.8}
            height={height}
          />
        );
      })}
    </g>
  );
}

function NumbersTable({ title, labels, series, labelHeading }: ChartProps): JSX.Element {
  return (
    <details>
      <summary>{say.asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={title}>
        <table class="plain">
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{labelHeading}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, i) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map(({ name, values }) => (
                  <td key={name} class="number">
                    {numberText(values[i] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

interface HeatMapProps {
  readonly title: string;
  readonly columns: readonly string[];
  /** One row per name, its values in the order of the columns. */
  readonly rows: readonly Series[];
  readonly labelHeading: string;
}

const CELL = 24;
const LEVELS = 5;
/** On a phone every third label is drawn, and so large that it can be read. */
const THINNED = 3;

/** How much when: days down, hours across. Five levels, told apart without colour by the table. */
export function HeatMap({ title, columns, rows, labelHeading }: HeatMapProps): JSX.Element {
  const top = Math.max(1, ...rows.flatMap(({ values }) => values));
  const width = columns.length * CELL;
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width + 64} ${rows.length * CELL + CELL}`} role="img" aria-label={title}>
        {columns.map((column, x) => (
          <text
            key={column}
            class={x % THINNED === 0 ? "" : "thin"}
            x={64 + x * CELL + CELL / 2}
            y={CELL * 0.7}
            text-anchor="middle"
          >
            {column}
          </text>
        ))}
        {rows.map(({ name, values }, y) => (
          <g key={name}>
            <text x={56} y={CELL + y * CELL + CELL * 0.7} text-anchor="end">
              {name}
            </text>
            {columns.map((column, x) => (
              <rect
                key={column}
                class={`level${Math.ceil(((values[x] ?? 0) / top) * LEVELS)}`}
                x={64 + x * CELL + 1}
                y={CELL + y * CELL + 1}
                width={CELL - 2}
                height={CELL - 2}
              >
                <title>{`${name} ${column}: ${numberText(values[x] ?? 0)}`}</title>
              </rect>
            ))}
          </g>
        ))}
      </svg>
      <NumbersTable title={title} labels={columns} series={rows} labelHeading={labelHeading} />
    </figure>
  );
}
