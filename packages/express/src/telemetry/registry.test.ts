import { describe, expect, it } from "vitest";
import { BUCKETS } from "./metrics.ts";
import { Registry } from "./registry.ts";

describe("Registry", () => {
  it("writes counters with their labels in order, and what a metric does not have not at all", () => {
    const numbers = new Registry();
    numbers.count("garim_records_total", { outcome: "done", action: "view", name: "kim" });
    numbers.count("garim_records_total", { action: "view", outcome: "done" }, 2);
    expect(numbers.text()).toBe(
      '# HELP garim_records_total access records that are durable\n# TYPE garim_records_total counter\ngarim_records_total{action="view",outcome="done"} 3\n',
    );
  });

  it("puts each observation into its bucket, the upper bound included, and sums buckets up", () => {
    const numbers = new Registry();
    for (const seconds of [0, 0.001, 0.0011, 10, 11]) numbers.observe("garim_record_seconds", seconds);
    const lines = numbers.text().split("\n");
    expect(lines).toContain('garim_record_seconds_bucket{le="0.001"} 2');
    expect(lines).toContain('garim_record_seconds_bucket{le="0.0025"} 3');
    expect(lines).toContain('garim_record_seconds_bucket{le="10"} 4');
    expect(lines).toContain('garim_record_seconds_bucket{le="+Inf"} 5');
    expect(lines).toContain("garim_record_seconds_count 5");
    expect(lines.find((line) => line.startsWith("garim_record_seconds_sum"))).toMatch(/ 21\.002/);
    expect(lines.filter((line) => line.includes("_bucket"))).toHaveLength(BUCKETS.length + 1);
  });

  it("escapes what would break a line", () => {
    const numbers = new Registry();
    numbers.gauge("garim_place_reachable", () => [{ value: 1, labels: { place: 'a"b\\c\nd' } }]);
    expect(numbers.text()).toContain('{place="a\\"b\\\\c\\nd"} 1\n');
  });

  it("leaves out a gauge that cannot be read, and no other", () => {
    const numbers = new Registry();
    numbers.gauge("garim_log_lost", () => {
      throw new Error("gone");
    });
    numbers.gauge("garim_log_waiting", () => [{ value: 7 }]);
    expect(numbers.text()).toBe(
      "# HELP garim_log_waiting records that wait to be durable\n# TYPE garim_log_waiting gauge\ngarim_log_waiting 7\n",
    );
  });

  it("takes no more series of one metric than any closed list has", () => {
    const numbers = new Registry();
    for (let i = 0; i < 2_000; i++) {
      numbers.count("garim_refusals_total", { reason: `${i}` });
      numbers.observe("garim_state_seconds", 1, { store: "session", operation: `${i}` });
    }
    expect(numbers.text().split("\n").length).toBeLessThan(500 + 500 * (BUCKETS.length + 3) + 10);
  });
});
