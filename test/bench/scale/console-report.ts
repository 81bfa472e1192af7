import { writeFileSync } from "node:fs";
import type { ConsoleTime } from "./measure.ts";
import type { ScaleResults, ScaleSize } from "./report.ts";
import { ms } from "./report.ts";
import { count } from "./room.ts";

const RESULTS = new URL("../../../bench/scale/console.json", import.meta.url);
const PAGE = new URL("../../../bench/scale/console.md", import.meta.url);

/** What was measured of the auditor's console, where and when. */
export interface ConsoleResults extends Omit<ScaleResults, "sizes">, Pick<ScaleSize, "records" | "bytes"> {
  readonly times: readonly ConsoleTime[];
}

/** What may be waited for, in milliseconds. */
const WANTED: Readonly<Record<ConsoleTime["part"], number>> = { search: 300, charts: 1_000 };

export function keepConsole(results: ConsoleResults): void {
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(PAGE, writeConsoleReport(results));
}

/** The results as a page of Markdown. */
export function writeConsoleReport(results: ConsoleResults): string {
  const { records, machine, node, postgres, date, load, times } = results;
  const lines = times.map(
    ({ part, question, records: found, warmMs, coldMs, pages }) =>
      `| ${part} | ${question} | ${count(found)} | ${ms(warmMs)} | ${ms(coldMs)} | ${count(pages)} |`,
  );
  return `# The auditor's console on a log of ${count(records)} records

\`npm run bench -- G4 --console [--records N]\` fills a database, asks the endpoints of the auditor's pages over HTTP, removes it, and writes this page and
\`console.json\` beside it.

${machine}; Node ${node}; PostgreSQL ${postgres}; ${date}; load of the machine meanwhile ${load.toFixed(1)}.

Milliseconds until the whole answer is read, caches **warm** (the best of five times a round) and **cold** (database started anew, every cache of the system
dropped); medians of 5 rounds, another subject, seller, key or stretch of time each. A session with a second factor asks, and each question is put on
record, durably, before it is answered; that is within the time. Pages are those of 8 kB that the database looked at. Server and who asks are one process; what is in the
log stands in README.md.

| part | question | records | warm | cold | pages |
|---|---|---|---|---|---|
${lines.join("\n")}

${worst("search", times)} ${worst("charts", times)}
`;
}

function worst(part: ConsoleTime["part"], all: readonly ConsoleTime[]): string {
  const times = all.filter((one) => one.part === part);
  const [warm, cold] = [times.map(({ warmMs }) => warmMs), times.map(({ coldMs }) => coldMs ?? Number.NaN)];
  const what = part === "search" ? "A search's first page of 50" : "The charts of a month";
  return `${what} took ${ms(Math.max(...warm))} ms at most with caches warm and ${ms(Math.max(...cold))} ms with caches cold; less than ${count(WANTED[part])} are wanted.`;
}
