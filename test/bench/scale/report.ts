import type { ScaleTime } from "./measure.ts";
import { count, gigabytes } from "./room.ts";

/** What was measured at one size. */
export interface ScaleSize {
  readonly records: number;
  readonly bytes: number;
  readonly bytesEach: number;
  readonly fillSeconds: number;
  readonly times: readonly ScaleTime[];
}

/** The file that is kept: where, when, and what at each size. */
export interface ScaleResults {
  readonly machine: string;
  readonly node: string;
  readonly postgres: string;
  /** UTC day. */
  readonly date: string;
  /** Load of the machine while it was measured, one-minute average: others may have been at work. */
  readonly load: number;
  readonly sizes: readonly ScaleSize[];
}

/** The worst growth, from the smallest to the largest log, of what has the same answer in both. */
export function worstGrowth({ sizes }: ScaleResults): number {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (small === undefined || large === undefined) return Number.NaN;
  const growths = small.times.map((time, i) =>
    time.isFixed ? (large.times[i]?.warmMs ?? Number.NaN) / time.warmMs : 0,
  );
  return Math.max(...growths);
}

/** The results as a page of Markdown. */
export function writeReport(results: ScaleResults): string {
  const { sizes, machine, node, postgres, date, load } = results;
  const heads = sizes.map(({ records }) => count(records));
  const lines = (sizes[0]?.times ?? []).map((time, i) => {
    const all = sizes.map((size) => size.times[i]);
    const cells = all.map((one) => `${ms(one?.warmMs)} / ${ms(one?.coldMs)} / ${count(one?.pages ?? 0)}`);
    return `| ${time.question}${time.isFixed ? "" : " *"} | ${time.part} | ${cells.join(" | ")} | ${growth(all)} |`;
  });
  return `# G4: questions to logs of ${heads.join(", ")} records

\`npm run bench -- G4 [--records N]\` fills a database for each size, asks, removes it, and writes this page and \`results.json\` beside it.

${machine}; Node ${node}; PostgreSQL ${postgres}; ${date}; load of the machine meanwhile ${load.toFixed(1)}.

Each cell: milliseconds with caches **warm** / **cold** (server started anew, every cache of the system dropped) / pages of 8 kB the database looked at. Medians of
5 rounds, another subject, member of staff, key or stretch of time each; warm the best of five times a round. \`page\` is the first 50 records, \`whole\` everything; both decoded, checked against their hashes and
columns. A line with \\* has more records in a larger log; only its first page is asked for. The last column is the growth of the warm time from the
smallest log to the largest: at most 2 is wanted.

| question | part | ${heads.join(" | ")} | growth |
|---|---|${sizes.map(() => "---|").join("")}---|
${lines.join("\n")}

${firstPages(sizes)} The pages are those of the two questions to the server's own counters, too.

| records | size with indexes | bytes a record |
|---|---|---|
${sizes.map(({ records, bytes, bytesEach }) => `| ${count(records)} | ${gigabytes(bytes)} | ${Math.round(bytesEach)} |`).join("\n")}

What is in these logs: half a year of six partitions, views of one and three orders, downloads, log-ins, refusals, a tool's reads; on average 2.6 subjects a record, a buyer
every 30 records, a member of staff every 1,500. A real log encoded one record of each form and month; identifiers, moments, staff and pseudonyms were replaced in the
bytes, and leaves and the roots of batches of 256 made from them, through the tables as they are. The smallest log is sealed and verified whole first. 2,000 records are appended
live at the end of each. Pages of 20 or 100 orders would make records, and the index of subjects, larger.

${extrapolate(sizes)}
`;
}

/** Of the largest log, which all of this is about. */
function firstPages(sizes: readonly ScaleSize[]): string {
  const pages = (sizes.at(-1)?.times ?? []).filter(({ part }) => part === "page");
  const [warm, cold] = [pages.map(({ warmMs }) => warmMs), pages.map(({ coldMs }) => coldMs ?? Number.NaN)];
  return `First pages of the largest log took ${ms(Math.max(...warm))} ms at most with caches warm and ${ms(Math.max(...cold))} ms with caches cold; less than 100 are wanted.`;
}

/** To three digits at most; a dash where nothing was measured. */
export const ms = (value: number | null | undefined): string =>
  value === null || value === undefined ? "-" : value < 10 ? value.toFixed(1) : String(Math.round(value));

function growth(all: readonly (ScaleTime | undefined)[]): string {
  const [first, last] = [all[0], all.at(-1)];
  return first === undefined || last === undefined ? "-" : `${(last.warmMs / first.warmMs).toFixed(1)} x`;
}

/** A tree of an index grows by a level each some hundred times; what was measured says how much that is. */
function extrapolate(sizes: readonly ScaleSize[]): string {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (small === undefined || large === undefined || small === large) return "";
  const steps = Math.log(100e6 / large.records) / Math.log(large.records / small.records);
  const lines = large.times.flatMap((time, i) => {
    const before = small.times[i];
    if (before === undefined || !time.isFixed) return [];
    const factor = (time.warmMs / before.warmMs) ** steps;
    return [`${time.question}, ${time.part}: ${ms(time.warmMs * Math.max(1, factor))} ms`];
  });
  return `**100,000,000 records were not measured.** Were the growth from ${count(small.records)} to ${count(large.records)} to go on, warm: ${lines.join("; ")}; about ${gigabytes(large.bytesEach * 100e6)}.`;
}
