import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { METRICS } from "../telemetry/metrics.ts";
import { SPANS } from "../telemetry/tracer.ts";
import { TROUBLES } from "./trouble.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const document = read("OPERATING.md");
const rules = read("alerts/prometheus.yml");

/** The rows under a heading, as they are written. */
function rowsUnder(heading: string): readonly string[] {
  const [, part = ""] = document.split(`\n## ${heading}\n`);
  const [own = ""] = part.split("\n## ");
  return own.split("\n").filter((line) => line.startsWith("| `"));
}

const names = (list: readonly string[]): string => list.map((name) => `\`${name}\``).join(", ");

describe("OPERATING.md", () => {
  it("lists every metric as it is", () => {
    expect(rowsUnder("Numbers")).toEqual(
      Object.entries(METRICS).map(
        ([name, { type, unit, labels, help }]) =>
          `| \`${name}\` | ${type} | ${unit} | ${names(labels)} | ${help} |`,
      ),
    );
  });

  it("lists every span with its attributes", () => {
    const rows = rowsUnder("Spans");
    expect(rows).toHaveLength(Object.keys(SPANS).length);
    for (const [i, [name, attributes]] of Object.entries(SPANS).entries())
      expect(rows[i]).toContain(`| \`${name}\` | ${names(attributes)} |`);
  });

  it("says of every alert what to do, in both languages", () => {
    expect(rowsUnder("Alerts")).toEqual(
      Object.entries(TROUBLES).map(
        ([kind, { urgency, about, remedy }]) =>
          `| \`${kind}\` | ${urgency} | ${about.en} | ${remedy.en} | ${about.ko}. ${remedy.ko} |`,
      ),
    );
  });
});

describe("alerts/prometheus.yml", () => {
  it("asks for no metric there is not", () => {
    const asked = [...rules.matchAll(/\bgarim_\w+/g)].map(([name]) => name.replace(/_bucket$/, ""));
    expect(asked.length).toBeGreaterThan(5);
    for (const name of asked) expect(Object.keys(METRICS)).toContain(name);
  });

  it("has every trouble in the rule of its urgency", () => {
    const lists = [...rules.matchAll(/kind=~"([a-z|-]+)"/g)].map(([, list = ""]) => list.split("|"));
    const of = (urgency: string): readonly string[] =>
      Object.entries(TROUBLES).flatMap(([kind, spec]) => (spec.urgency === urgency ? [kind] : []));
    expect(lists).toEqual([of("page"), of("day")]);
  });
});
