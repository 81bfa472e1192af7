import { CHECKS, type Check } from "../observer/breach.ts";
import type { FaultRunResult } from "../run.ts";
import { quantile } from "./quantile.ts";

const MOST_SHOWN = 20;

/** What a fault run came to, as Markdown. */
export function writeFaultTable(result: FaultRunResult): string {
  const { seed, seconds, records, breaches } = result;
  const head = `${seconds / 60} minutes, \`--seed ${seed}\`; ${breaches.length === 0 ? "**passed**" : "**FAILED**"}.`;
  return [
    head,
    checks(result),
    faults(result),
    `${counts(result)}; ${records} records, all proven by \`verify\`.`,
    list(result),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function checks({ breaches }: FaultRunResult): string {
  const rows = (Object.keys(CHECKS) as Check[]).map(
    (check) => `| ${CHECKS[check]} | ${breaches.filter((breach) => breach.check === check).length} |`,
  );
  return ["| what may never be | times |", "|---|---|", ...rows].join("\n");
}

function faults({ pasts }: FaultRunResult): string {
  const names = [...new Set(pasts.map(({ name }) => name))].sort();
  const rows = names.map((name) => {
    const own = pasts.filter((past) => past.name === name);
    const all = own.flatMap(({ recoveries }) => recoveries.map((ms) => ms ?? Number.POSITIVE_INFINITY));
    const longest = Math.max(...own.map(({ lastedMs }) => lastedMs));
    const times = [0.5, 0.9, 1].map((share) => ms(quantile(all, share)));
    return `| ${name} | ${own.length} | ${ms(longest)} | ${times.join(" | ")} |`;
  });
  return [
    "| fault | times | longest | back after: median | 9 of 10 | slowest |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function counts({ counts }: FaultRunResult): string {
  const sorted = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return `Answers and deeds: ${sorted.map(([name, count]) => `${name} ${count}`).join(", ")}`;
}

function list({ breaches }: FaultRunResult): string {
  return breaches
    .slice(0, MOST_SHOWN)
    .map(({ check, what }) => `- ${check}: ${what}`)
    .join("\n");
}

function ms(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value)} ms` : "never";
}
