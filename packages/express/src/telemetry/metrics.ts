/** What a number tells. Labels have few values, all from closed lists or the host's own configuration; none is of a person. */
export interface MetricSpec {
  readonly type: "counter" | "gauge" | "histogram";
  /** `1` for a count. */
  readonly unit: "1" | "seconds";
  readonly labels: readonly string[];
  readonly help: string;
}

export type CounterName =
  | "garim_records_total"
  | "garim_refusals_total"
  | "garim_disclosed_lines_total"
  | "garim_unavailable_total"
  | "garim_state_failures_total"
  | "garim_marks_unsure_total"
  | "garim_tool_alerts_total";

export type HistogramName = "garim_record_seconds" | "garim_state_seconds";

export type GaugeName =
  | "garim_trouble"
  | "garim_log_taking"
  | "garim_log_waiting"
  | "garim_log_lost"
  | "garim_place_reachable"
  | "garim_checkpoint_age_seconds"
  | "garim_clock_difference_seconds"
  | "garim_downloads_under_way";

export type MetricName = CounterName | HistogramName | GaugeName;

/** Every metric of `garim.metrics()`. */
export const METRICS: Readonly<Record<MetricName, MetricSpec>> = Object.freeze({
  garim_records_total: counter(["action", "outcome"], "access records that are durable"),
  garim_refusals_total: counter(["reason"], "answers that were refused, on record or counted for it"),
  garim_disclosed_lines_total: counter([], "order lines that were disclosed, clear or masked"),
  garim_unavailable_total: counter(["code"], "answers of 503 because log or state was out"),
  garim_state_failures_total: counter(["store"], "questions to a state store that failed"),
  garim_marks_unsure_total: counter(
    ["store"],
    "proofs of tools that were refused because the store had begun anew after they were made",
  ),
  garim_tool_alerts_total: counter(["kind"], "signs of a tool that helps itself"),
  garim_record_seconds: seconds("histogram", [], "from an append to its record being durable"),
  garim_state_seconds: seconds(
    "histogram",
    ["store", "operation"],
    "from a question to a state store to its answer",
  ),
  garim_trouble: gauge(["kind"], "1 while this node has this trouble, else 0"),
  garim_log_taking: gauge([], "1 while the log takes records, else 0"),
  garim_log_waiting: gauge([], "records that wait to be durable"),
  garim_log_lost: gauge([], "refused answers that are not on record yet"),
  garim_place_reachable: gauge(["place"], "1 while a place of checkpoints takes them, else 0"),
  garim_checkpoint_age_seconds: seconds("gauge", [], "age of the newest checkpoint at the last look"),
  garim_clock_difference_seconds: seconds(
    "gauge",
    [],
    "how far this node's clock and the database's are apart for certain",
  ),
  garim_downloads_under_way: gauge([], "files of buyers' data that are being made on this node"),
});

/** Upper bounds of a histogram's buckets, seconds. */
export const BUCKETS: readonly number[] = Object.freeze([
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
]);

function counter(labels: readonly string[], help: string): MetricSpec {
  return { type: "counter", unit: "1", labels, help };
}

function gauge(labels: readonly string[], help: string): MetricSpec {
  return { type: "gauge", unit: "1", labels, help };
}

function seconds(type: "gauge" | "histogram", labels: readonly string[], help: string): MetricSpec {
  return { type, unit: "seconds", labels, help };
}
