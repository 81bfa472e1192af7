import type { SoakResult } from "../soak/run.ts";
import { judgeSoak } from "../soak/verdict.ts";

/** What a soak came to, as Markdown. */
export function writeSoakTable(result: SoakResult): string {
  const { minutes, breaches, records } = result;
  const verdicts = judgeSoak(result);
  const isPassed = breaches.length === 0 && verdicts.every(({ isFlat }) => isFlat);
  const answers = minutes.reduce((sum, minute) => sum + minute.answers, 0);
  const rows = verdicts.map(
    ({ name, mean, rise, noise, last, isFlat }) =>
      `| ${name} | ${one(mean)} | ${one(last)} | ${one(rise)} | ±${one(noise)} | ${isFlat ? "flat" : "**rises**"} |`,
  );
  return [
    `${minutes.length} minutes, ${answers} pages read, ${records} records; ${isPassed ? "**passed**" : "**FAILED**"}.`,
    [
      "| after the warm-up | mean | at the end | rise over all | noise | verdict |",
      "|---|---|---|---|---|---|",
      ...rows,
    ].join("\n"),
    ...breaches.slice(0, 20).map(({ check, what }) => `- ${check}: ${what}`),
  ].join("\n\n");
}

const one = (value: number): string => value.toFixed(1);
