import {
  BUCKETS,
  type CounterName,
  type GaugeName,
  type HistogramName,
  METRICS,
  type MetricName,
} from "./metrics.ts";

export type Labels = Readonly<Record<string, string>>;

/** What a gauge shows now. */
export interface Sample {
  readonly value: number;
  readonly labels?: Labels;
}

interface Histogram {
  /** Observations per bucket, and those above the last one. */
  readonly counts: number[];
  sum: number;
}

/** More than any closed list has: beyond it something that is no closed list was made a label. */
const MOST_SERIES = 500;

/** The numbers of one Garim, and their text for Prometheus. */
export class Registry {
  readonly #counters = new Map<CounterName, Map<string, number>>();
  readonly #histograms = new Map<HistogramName, Map<string, Histogram>>();
  readonly #gauges = new Map<GaugeName, () => readonly Sample[]>();

  count(name: CounterName, labels: Labels = {}, by: number = 1): void {
    const series = seriesOf(this.#counters, name);
    const key = labelText(name, labels);
    if (series.has(key) || series.size < MOST_SERIES) series.set(key, (series.get(key) ?? 0) + by);
  }

  /** @param seconds - what was measured */
  observe(name: HistogramName, seconds: number, labels: Labels = {}): void {
    const series = seriesOf(this.#histograms, name);
    const key = labelText(name, labels);
    const known = series.get(key);
    if (known === undefined && series.size >= MOST_SERIES) return;
    const histogram = known ?? { counts: new Array<number>(BUCKETS.length + 1).fill(0), sum: 0 };
    const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
    const place = bucket === -1 ? BUCKETS.length : bucket;
    histogram.counts[place] = (histogram.counts[place] ?? 0) + 1;
    histogram.sum += seconds;
    series.set(key, histogram);
  }

  /** @param read - asked for each text; what it throws leaves the gauge out */
  gauge(name: GaugeName, read: () => readonly Sample[]): void {
    this.#gauges.set(name, read);
  }

  /** Everything in the text format of Prometheus, version 0.0.4. */
  text(): string {
    return [
      ...[...this.#counters].map(([name, series]) =>
        block(
          name,
          [...series].map(([labels, value]) => line(name, labels, value)),
        ),
      ),
      ...[...this.#histograms].map(([name, series]) =>
        block(
          name,
          [...series].flatMap(([labels, histogram]) => histogramLines(name, labels, histogram)),
        ),
      ),
      ...[...this.#gauges].map(([name, read]) =>
        block(
          name,
          samplesOf(read).map(({ value, labels = {} }) => line(name, labelText(name, labels), value)),
        ),
      ),
    ].join("");
  }
}

function seriesOf<Name, Series>(all: Map<Name, Map<string, Series>>, name: Name): Map<string, Series> {
  const series = all.get(name) ?? new Map<string, Series>();
  all.set(name, series);
  return series;
}

function samplesOf(read: () => readonly Sample[]): readonly Sample[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function block(name: MetricName, lines: readonly string[]): string {
  const { type, help } = METRICS[name];
  return lines.length === 0 ? "" : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels === "" ? "" : `{${labels}}`} ${Number.isFinite(value) ? value : "NaN"}\n`;
}

function histogramLines(name: string, labels: string, { counts, sum }: Histogram): readonly string[] {
  let total = 0;
  const buckets = counts.map((count, i) => {
    total += count;
    const bound = `le="${BUCKETS[i] ?? "+Inf"}"`;
    return line(`${name}_bucket`, labels === "" ? bound : `${labels},${bound}`, total);
  });
  return [...buckets, line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, total)];
}

/** Only the labels a metric has, in their order, escaped as the format wants it. */
function labelText(name: MetricName, labels: Labels): string {
  return METRICS[name].labels.map((label) => `${label}="${escapeLabel(labels[label] ?? "")}"`).join(",");
}

function escapeLabel(value: string): string {
  return value.slice(0, 200).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
